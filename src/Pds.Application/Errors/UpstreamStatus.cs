namespace Pds.Application.Errors;

/// <summary>The network's names of HTTP statuses, for refusals that come without one.</summary>
internal static class UpstreamStatus
{
    public static XrpcErrorKind KindOf(int status) => status switch
    {
        401 => XrpcErrorKind.AuthenticationRequired,
        403 => XrpcErrorKind.Forbidden,
        404 => XrpcErrorKind.NotFound,
        413 => XrpcErrorKind.PayloadTooLarge,
        415 => XrpcErrorKind.UnsupportedMediaType,
        429 => XrpcErrorKind.RateLimitExceeded,
        501 => XrpcErrorKind.MethodNotImplemented,
        503 => XrpcErrorKind.NotEnoughResources,
        504 => XrpcErrorKind.UpstreamTimeout,
        _ => status < 500 ? XrpcErrorKind.InvalidRequest : XrpcErrorKind.UpstreamFailure,
    };

    public static string NameOf(int status) => status switch
    {
        404 => "XRPCNotSupported",
        406 => "NotAcceptable",
        _ => KindOf(status).ToString(),
    };

    public static string TextOf(int status) => status switch
    {
        401 => "Authentication Required",
        403 => "Forbidden",
        404 => "XRPC Not Supported",
        406 => "Not Acceptable",
        413 => "Payload Too Large",
        415 => "Unsupported Media Type",
        429 => "Rate Limit Exceeded",
        501 => "Method Not Implemented",
        503 => "Not Enough Resources",
        504 => "Upstream Timeout",
        _ => status < 500 ? "Invalid Request" : "Upstream Failure",
    };
}
