using System.Globalization;
using Pds.Domain.Data;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.Errors;

/// <summary>The request cannot be answered: a named error of its lexicon and a message for the person who reads it. One factory each.</summary>
public sealed class XrpcException : Exception
{
    private XrpcException(XrpcErrorKind kind, string name, string message, Exception? cause = null) : base(message, cause) =>
        (Kind, Name) = (kind, name);

    public XrpcErrorKind Kind { get; }

    /// <summary>What clients match on: <c>InvalidSwap</c>, <c>ExpiredToken</c> …</summary>
    public string Name { get; }

    /// <summary>The HTTP status, where another service chose it; null where <see cref="Kind"/> does.</summary>
    public int? Status { get; private init; }

    /// <summary>When it is worth while to try again; null where that is not known.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>How far another service that refuses has seen the caller's repo, if it says so; null for any other refusal.</summary>
    public string? RepoRev { get; private init; }

    /// <summary>Whether whoever met with it has told the operator already, in words of its own.</summary>
    public bool IsLogged { get; private init; }

    // Requests in general
    public static XrpcException InvalidRequest(string message, Exception? cause = null) => Of(XrpcErrorKind.InvalidRequest, message, cause);

    public static XrpcException PayloadTooLarge(string message = "request entity too large") => Of(XrpcErrorKind.PayloadTooLarge, message);

    /// <summary>The name that clients know for a JSON body that is too large; a blob's is plain <c>PayloadTooLarge</c>.</summary>
    public static XrpcException PayloadTooLargeError() => new(XrpcErrorKind.PayloadTooLarge, "PayloadTooLargeError", "request entity too large");

    public static XrpcException UnsupportedMediaType(string message) => new(XrpcErrorKind.UnsupportedMediaType, "InvalidRequest", message);

    /// <summary>A cursor that no answer of the method's can have given.</summary>
    public static XrpcException MalformedCursor() => InvalidRequest("Malformed cursor");

    /// <summary>The caller understands no answer that could be given.</summary>
    public static XrpcException NotAcceptable(string message) => new(XrpcErrorKind.InvalidRequest, "NotAcceptable", message) { Status = 406 };

    /// <summary>A subscription that was asked for by plain HTTP.</summary>
    public static XrpcException UpgradeRequired() => new(XrpcErrorKind.UpgradeRequired, "UpgradeRequired", "This method is a subscription: open a WebSocket");

    public static XrpcException MethodNotImplemented() => Of(XrpcErrorKind.MethodNotImplemented, "Method Not Implemented");

    public static XrpcException NotEnoughResources(string message, Exception? cause = null) => Of(XrpcErrorKind.NotEnoughResources, message, cause);

    /// <summary>Too much is going on, for a moment.</summary>
    public static XrpcException Busy(string message, TimeSpan retryAfter) => new(XrpcErrorKind.NotEnoughResources, "NotEnoughResources", message) { RetryAfter = retryAfter };

    public static XrpcException RateLimitExceeded(TimeSpan retryAfter, string message = "Rate Limit Exceeded") =>
        new(XrpcErrorKind.RateLimitExceeded, "RateLimitExceeded", message) { RetryAfter = retryAfter };

    public static XrpcException UpstreamFailure(string message, Exception? cause = null) => Of(XrpcErrorKind.UpstreamFailure, message, cause);

    public static XrpcException UpstreamTimeout(string message, Exception? cause = null) => Of(XrpcErrorKind.UpstreamTimeout, message, cause);

    /// <summary>Mail that was not sent; the mailer has logged why.</summary>
    public static XrpcException MailNotSent(string message) => new(XrpcErrorKind.UpstreamFailure, "UpstreamFailure", message) { IsLogged = true };

    /// <summary>Mail that the mail server did not take in time; the mailer has logged it.</summary>
    public static XrpcException MailTooSlow(string message) => new(XrpcErrorKind.UpstreamTimeout, "UpstreamTimeout", message) { IsLogged = true };

    /// <summary>What another service refuses, by the same status.</summary>
    /// <param name="status">From 400 to 599.</param>
    /// <param name="error">Its name; null for that of the status.</param>
    /// <param name="message">Null for the name in words.</param>
    /// <param name="retryAfter">What it says about trying again: seconds; anything else is not passed on.</param>
    /// <param name="repoRev">How far it has seen the caller's repo; null where it does not say.</param>
    public static XrpcException Upstream(int status, string? error, string? message, string? retryAfter, string? repoRev = null)
    {
        var kind = UpstreamStatus.KindOf(status);
        return new XrpcException(kind, error ?? UpstreamStatus.NameOf(status), message ?? UpstreamStatus.TextOf(status))
        {
            Status = status,
            RepoRev = repoRev,
            RetryAfter = int.TryParse(retryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
        };
    }

    // Who calls
    public static XrpcException AuthMissing() => new(XrpcErrorKind.AuthenticationRequired, "AuthMissing", "Authentication Required");

    public static XrpcException AuthenticationRequired(string message = "Authentication Required", Exception? cause = null) => Of(XrpcErrorKind.AuthenticationRequired, message, cause);

    public static XrpcException InvalidToken(string message) => new(XrpcErrorKind.InvalidRequest, "InvalidToken", message);

    public static XrpcException ExpiredToken(string message = "Token has expired") => new(XrpcErrorKind.InvalidRequest, "ExpiredToken", message);

    public static XrpcException AccountNotFound() => new(XrpcErrorKind.Forbidden, "AccountNotFound", "Account not found");

    public static XrpcException AccountTakedown() =>
        new(XrpcErrorKind.AuthenticationRequired, "AccountTakedown", "Account has been taken down");

    public static XrpcException AccountDeactivated() =>
        new(XrpcErrorKind.AuthenticationRequired, "AccountDeactivated", "Account is deactivated");

    /// <summary>It is known who calls, and that is not for them to do.</summary>
    public static XrpcException Forbidden(string message) => Of(XrpcErrorKind.Forbidden, message);

    /// <summary>A method that is not for apps with OAuth, whatever the user let them do.</summary>
    public static XrpcException OAuthRefused(string message = "OAuth credentials are not supported for this endpoint") => Forbidden(message);

    /// <summary>The user did not let the app do this; clients may ask for the scope that is named.</summary>
    public static XrpcException ScopeMissing(Scope needed) => new(XrpcErrorKind.Forbidden, "ScopeMissingError", $"Missing required scope \"{needed}\"");

    /// <summary>An access token or DPoP proof of OAuth's that is not taken: the name is OAuth's error code.</summary>
    public static XrpcException AppRefused(OAuthException refusal) => new(XrpcErrorKind.AuthenticationRequired, refusal.Error, refusal.Message, refusal);

    /// <summary>A service token that is not taken: the name is one of those that the network's servers answer, <c>BadJwt</c>, <c>JwtExpired</c> …</summary>
    public static XrpcException ServiceTokenRefused(string name, string message) => new(XrpcErrorKind.AuthenticationRequired, name, message);

    /// <summary>The password was right, and signing in takes a code as well. Clients ask for it by this name.</summary>
    public static XrpcException AuthFactorTokenRequired(string message) =>
        new(XrpcErrorKind.AuthenticationRequired, "AuthFactorTokenRequired", message);

    // com.atproto.server
    public static XrpcException InvalidInviteCode(string message = "Provided invite code not available") => new(XrpcErrorKind.InvalidRequest, "InvalidInviteCode", message);

    /// <summary>Two requests at once would have earned the same invite codes.</summary>
    public static XrpcException DuplicateCreate() =>
        new(XrpcErrorKind.InvalidRequest, "DuplicateCreate", "attempted to create additional codes in another request");

    public static XrpcException InvalidEmail() => new(XrpcErrorKind.InvalidRequest, "InvalidEmail", "invalid email");

    /// <summary>What is asked for takes a code that is sent by mail.</summary>
    public static XrpcException TokenRequired() => new(XrpcErrorKind.InvalidRequest, "TokenRequired", "confirmation token required");

    /// <summary>A handle that this server will not give: the name is <c>InvalidHandle</c>, <c>HandleNotAvailable</c> or <c>UnsupportedDomain</c>.</summary>
    public static XrpcException HandleRefused(string name, string message) => new(XrpcErrorKind.InvalidRequest, name, message);

    /// <summary>A DID that has an account here, in whatever state.</summary>
    public static XrpcException AlreadyExists() => new(XrpcErrorKind.InvalidRequest, "AlreadyExists", "Repo already exists");

    public static XrpcException BadExpiration(string message) => new(XrpcErrorKind.InvalidRequest, "BadExpiration", message);

    // app.bsky.feed
    public static XrpcException UnknownFeed(string message) => new(XrpcErrorKind.InvalidRequest, "UnknownFeed", message);

    // com.atproto.admin
    /// <summary>Whom or what an administrator asks about is not here: a 400, as these methods answer it.</summary>
    public static XrpcException NotFound(string message = "Subject not found") => new(XrpcErrorKind.InvalidRequest, "NotFound", message);

    /// <summary>An account that the administrator names is not here.</summary>
    public static XrpcException NoSuchAccount(AtIdentifier account) => InvalidRequest($"Account does not exist: {account}");

    // com.atproto.identity
    public static XrpcException HandleNotFound() => new(XrpcErrorKind.InvalidRequest, "HandleNotFound", "Unable to resolve handle");

    /// <summary>There is no such identity, as far as can be told now.</summary>
    public static XrpcException DidNotFound(Did did) => new(XrpcErrorKind.InvalidRequest, "DidNotFound", $"Could not resolve DID: {did}");

    /// <summary>There was such an identity; its owner ended it.</summary>
    public static XrpcException DidDeactivated(Did did) => new(XrpcErrorKind.InvalidRequest, "DidDeactivated", $"DID has been deactivated: {did}");

    // com.atproto.lexicon
    public static XrpcException LexiconNotFound(Nsid nsid) => new(XrpcErrorKind.InvalidRequest, "LexiconNotFound", $"Could not resolve lexicon: {nsid}");

    // com.atproto.repo
    public static XrpcException RecordNotFound(AtUri uri) =>
        new(XrpcErrorKind.InvalidRequest, "RecordNotFound", $"Could not locate record: {uri}");

    public static XrpcException InvalidSwap(string message) => new(XrpcErrorKind.InvalidRequest, "InvalidSwap", message);

    public static XrpcException BlobNotFound(Cid cid) =>
        new(XrpcErrorKind.InvalidRequest, "BlobNotFound", $"Could not find blob: {cid}");

    /// <summary>The account has as much as it may have; the figures are bytes.</summary>
    public static XrpcException StorageQuotaExceeded(long quota, long used) =>
        new(XrpcErrorKind.InvalidRequest, "StorageQuotaExceeded", $"An account may store {quota} bytes of blobs, and this one has {used}");

    public static XrpcException InvalidMimeType(string message) => new(XrpcErrorKind.InvalidRequest, "InvalidMimeType", message);

    public static XrpcException InvalidSize(string message) => new(XrpcErrorKind.InvalidRequest, "InvalidSize", message);

    // com.atproto.sync
    public static XrpcException RepoNotFound(AtIdentifier repo) =>
        new(XrpcErrorKind.InvalidRequest, "RepoNotFound", $"Could not find repo for DID: {repo}");

    public static XrpcException RepoTakendown(AtIdentifier repo) => new(XrpcErrorKind.InvalidRequest, "RepoTakendown", $"Repo has been takendown: {repo}");

    public static XrpcException RepoDeactivated(AtIdentifier repo) => new(XrpcErrorKind.InvalidRequest, "RepoDeactivated", $"Repo has been deactivated: {repo}");

    private static XrpcException Of(XrpcErrorKind kind, string message, Exception? cause = null) => new(kind, kind.ToString(), message, cause);
}
