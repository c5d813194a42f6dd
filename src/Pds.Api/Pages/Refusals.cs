using Pds.Application.Errors;

namespace Pds.Api.Pages;

/// <summary>Refusals in the words of a page. Messages of methods are for developers as much as for people, so those that people meet often are said again here.</summary>
internal static class Refusals
{
    public static string TextOf(XrpcException refusal) => (refusal.Kind, refusal.Name, refusal.Message) switch
    {
        (_, "AuthenticationRequired", "Invalid identifier or password") => Texts.WrongSignIn,
        (_, "AuthenticationRequired", "Invalid password or code") => Texts.WrongProof,
        (_, "AuthenticationRequired", "Invalid did or password") => Texts.WrongPassword,
        (_, _, "The passkey was not accepted") => Texts.PasskeyRefused,
        (_, "ExpiredToken", "It took too long, or was done already. Try again.") => Texts.PasskeyTooLate,
        (_, "AccountTakedown", _) => Texts.AccountTakenDown,
        (_, "AccountNotFound", _) => Texts.AccountGone,
        (_, "AuthFactorTokenRequired", _) => Texts.CodeMissing,
        (_, "InvalidToken", _) => Texts.WrongCode,
        (_, "ExpiredToken", _) => Texts.OldCode,
        (_, "TokenRequired", _) => Texts.CodeMissing,
        (_, "InvalidInviteCode", _) => Texts.WrongInviteCode,
        (_, "InvalidEmail", _) => Texts.WrongEmail,
        (XrpcErrorKind.RateLimitExceeded, _, _) => refusal.RetryAfter is { } wait ? Texts.TooOftenUntil.With(Math.Ceiling(wait.TotalMinutes)) : Texts.TooOften,
        (XrpcErrorKind.UpstreamFailure or XrpcErrorKind.UpstreamTimeout, _, _) => Texts.ElsewhereFailed.With(refusal.Message),
        _ => refusal.Message,
    };
}
