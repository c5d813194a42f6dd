using System.Net;

namespace Pds.Infrastructure.Outbound;

/// <summary>A body that is sent on as it arrives. While it arrives, nobody is late with an answer to it.</summary>
internal sealed class PassedBody(Stream body, Deadline deadline, TimeSpan patience) : HttpContent
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>What went wrong with reading it; null where nothing did.</summary>
    public Exception? Fault { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        while (await ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            deadline.Renew(patience);
        }
    }

    /// <summary>What the caller said, if it did: Content-Length is among the headers then.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await body.ReadAsync(buffer, ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            Fault = fault;
            throw;
        }
    }
}
