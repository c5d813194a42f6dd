namespace Pds.Application.Errors;

/// <summary>The families of refusals. Each is one HTTP status; <c>Api/Xrpc/XrpcExceptionHandler</c> says which.</summary>
public enum XrpcErrorKind
{
    InvalidRequest,
    AuthenticationRequired,
    Forbidden,
    NotFound,
    PayloadTooLarge,
    UnsupportedMediaType,
    UpgradeRequired,
    RateLimitExceeded,
    InternalServerError,
    MethodNotImplemented,
    UpstreamFailure,
    NotEnoughResources,
    UpstreamTimeout,
}
