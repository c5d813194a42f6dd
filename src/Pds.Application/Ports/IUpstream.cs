using Pds.Application.Errors;

namespace Pds.Application.Ports;

/// <summary>Other services of the network: calls go out, answers come back as they arrive.</summary>
public interface IUpstream
{
    /// <summary>Sends a call and answers as soon as the headers are there. Redirects are answers like any other: they are not followed.</summary>
    /// <exception cref="XrpcException">UpstreamFailure: it cannot be reached, or answers more than may be passed on. UpstreamTimeout: nothing came in time.</exception>
    Task<UpstreamAnswer> SendAsync(UpstreamCall call, CancellationToken ct);
}
