using Pds.Application.Errors;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>The second step of a sign-in with the account's own password: a code of its authenticator app, or one that is sent by mail.</summary>
/// <remarks>An account that has both is asked for the app's code, and no mail is sent: whoever reads its mail does not get in.</remarks>
internal sealed class SecondFactors(AuthenticatorCodes authenticator, SignInCodes mail, CodeGuesses guesses)
{
    /// <summary>True where the account has no second factor, or the code is right, which uses it up; false where it has one and no code was sent. In the account's turn.</summary>
    /// <exception cref="XrpcException">InvalidToken, ExpiredToken, RateLimitExceeded.</exception>
    public async Task<bool> PassAsync(Account account, Secret? code, CancellationToken ct)
    {
        var totp = await authenticator.FindAsync(account.Did, ct);
        if (totp is null && !account.EmailAuthFactor) return true;

        await guesses.RequireAnotherAsync(account.Did, ct);
        if (code is null || string.IsNullOrWhiteSpace(code.Reveal())) return false; // clients send the empty field of their form

        var isRight = totp is null ? await mail.TryTakeAsync(account, code, ct) : await authenticator.TryTakeAsync(totp, code, ct);
        if (!isRight) throw await guesses.CountWrongAsync(account.Did, ct);
        await guesses.ForgetAsync(account.Did, ct);
        return true;
    }

    /// <summary>What to refuse a sign-in with that lacks its code. Sends the code where that goes by mail; not in the account's turn.</summary>
    /// <exception cref="XrpcException">UpstreamFailure, UpstreamTimeout: the mail was not taken.</exception>
    public async Task<XrpcException> AskAsync(Account account, CancellationToken ct) => XrpcException.AuthFactorTokenRequired(
        await PrepareAsync(account, ct) == FactorKind.AuthenticatorApp
            ? "Enter the sign in code of your authenticator app, or a backup code"
            : "A sign in code has been sent to your email address");

    /// <summary>Which factor a sign-in takes that lacks its code. Sends the code where that goes by mail; not in the account's turn.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<FactorKind> PrepareAsync(Account account, CancellationToken ct)
    {
        if (await authenticator.FindAsync(account.Did, ct) is not null) return FactorKind.AuthenticatorApp;

        await mail.SendAsync(account, ct);
        return FactorKind.Mail;
    }
}
