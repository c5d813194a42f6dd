using System.Globalization;
using Pds.Application.Errors;
using Pds.Domain.OAuth;

namespace Pds.Api.OAuth;

/// <summary>The only place where a refusal of the authorization server becomes an answer (RFC 6749 §5.2).</summary>
internal static class OAuthFaults
{
    public static Task AnswerAsync(HttpContext http, Exception fault)
    {
        if (fault is not OAuthException refusal) return AnswerAsync(http, (XrpcException)fault);
        if (StatusOf(refusal) == StatusCodes.Status401Unauthorized) DpopHeaders.Challenge(http.Response, refusal);
        return WriteAsync(http, StatusOf(refusal), refusal.Error, refusal.Message);
    }

    /// <summary>What has nothing to do with OAuth: too much, too often, too large.</summary>
    private static Task AnswerAsync(HttpContext http, XrpcException refusal)
    {
        if (refusal.RetryAfter is { } wait) http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var (status, error) = refusal.Kind switch
        {
            XrpcErrorKind.RateLimitExceeded => (StatusCodes.Status429TooManyRequests, "temporarily_unavailable"),
            XrpcErrorKind.NotEnoughResources => (StatusCodes.Status503ServiceUnavailable, "temporarily_unavailable"),
            XrpcErrorKind.PayloadTooLarge => (StatusCodes.Status413PayloadTooLarge, "invalid_request"),
            XrpcErrorKind.UnsupportedMediaType => (StatusCodes.Status415UnsupportedMediaType, "invalid_request"),
            XrpcErrorKind.Forbidden => (StatusCodes.Status400BadRequest, "invalid_grant"), // the account has gone meanwhile
            _ => (StatusCodes.Status400BadRequest, "invalid_request"),
        };
        return WriteAsync(http, status, error, refusal.Message);
    }

    private static int StatusOf(OAuthException refusal) => refusal.Error switch
    {
        "invalid_dpop_proof" or "invalid_token" => StatusCodes.Status401Unauthorized,
        "temporarily_unavailable" => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    private static Task WriteAsync(HttpContext http, int status, string error, string description) =>
        OAuthJson.WriteAsync(http, status, new OAuthError(error, description));

    private sealed record OAuthError(string Error, string ErrorDescription);
}
