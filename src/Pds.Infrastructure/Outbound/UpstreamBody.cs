using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Streams;

namespace Pds.Infrastructure.Outbound;

/// <summary>The body of an answer while it arrives: so long between two pieces, so much in all. Read forwards, once, asynchronously.</summary>
internal sealed class UpstreamBody(HttpResponseMessage response, Deadline deadline, ProxyOptions options) : ForwardStream
{
    private Stream? _content;
    private long _read;

    /// <exception cref="XrpcException">UpstreamFailure: it broke off, or is too long. UpstreamTimeout: nothing came for too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            deadline.Renew(options.BodyTimeout);
            _content ??= await response.Content.ReadAsStreamAsync(deadline.Token);
            var count = await _content.ReadAsync(buffer, deadline.Token);
            deadline.Pause(); // while the caller takes what has come, the service is not waited for
            _read += count;
            return _read <= options.MaxResponseSize ? count : throw XrpcException.UpstreamFailure("Upstream service answers more than is passed on");
        }
        catch (OperationCanceledException late) when (deadline.HasPassed)
        {
            throw XrpcException.UpstreamTimeout("Upstream service stopped answering", late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw XrpcException.UpstreamFailure("Upstream service stopped answering", broken);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response.Dispose();
            deadline.Dispose();
        }

        base.Dispose(disposing);
    }
}
