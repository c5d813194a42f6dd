using Pds.Application.Errors;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>The second step of a sign-in with the account's own password: a code of its authenticator app, a backup code, or one that is sent by mail. What a passkey does is in <see cref="PasskeySignIn"/>.</summary>
/// <remarks>An account that has a stronger factor is not sent any mail: whoever reads its mail does not get in.</remarks>
internal sealed class SecondFactors(StrongFactors strong, SignInCodes mail, CodeGuesses guesses)
{
    /// <summary>True where the account has no second factor, or the code is right, which uses it up; false where it has one and no code was sent. In the account's turn.</summary>
    /// <exception cref="XrpcException">InvalidToken, ExpiredToken, RateLimitExceeded.</exception>
    public async Task<bool> PassAsync(Account account, Secret? code, CancellationToken ct)
    {
        var kinds = await strong.FindAsync(account.Did, ct);
        if (kinds == FactorKinds.None && !account.EmailAuthFactor) return true;

        await guesses.RequireAnotherAsync(account.Did, ct);
        if (code is null || string.IsNullOrWhiteSpace(code.Reveal())) return false; // clients send the empty field of their form

        var isRight = kinds == FactorKinds.None ? await mail.TryTakeAsync(account, code, ct) : await strong.TryTakeAsync(account.Did, code, ct);
        if (!isRight) throw await guesses.CountWrongAsync(account.Did, ct);
        await guesses.ForgetAsync(account.Did, ct);
        return true;
    }

    /// <summary>What to refuse a sign-in with that lacks its code. Sends the code where that goes by mail; not in the account's turn.</summary>
    /// <exception cref="XrpcException">UpstreamFailure, UpstreamTimeout: the mail was not taken.</exception>
    public async Task<XrpcException> AskAsync(Account account, CancellationToken ct) => XrpcException.AuthFactorTokenRequired(
        await PrepareAsync(account, ct) switch
        {
            FactorKinds.Mail => "A sign in code has been sent to your email address",
            FactorKinds.Passkey => "Enter a backup code, or sign in with an app password: a passkey opens the pages of your server only",
            _ => "Enter the sign in code of your authenticator app, or a backup code",
        });

    /// <summary>Which factors a sign-in takes that lacks its code. Sends the code where that goes by mail; not in the account's turn.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public async Task<FactorKinds> PrepareAsync(Account account, CancellationToken ct)
    {
        if (await strong.FindAsync(account.Did, ct) is not FactorKinds.None and var kinds) return kinds;

        await mail.SendAsync(account, ct);
        return FactorKinds.Mail;
    }
}
