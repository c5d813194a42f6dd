using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts;

/// <summary>What somebody signs in with.</summary>
/// <param name="Identifier">A handle, a DID or an e-mail address.</param>
/// <param name="FactorCode">The code of a second factor; null or blank for none. App passwords take none.</param>
/// <param name="AllowTakendown">Whether an account that is taken down is let in, to leave.</param>
internal sealed record SignInForm(string Identifier, Secret Password, Secret? FactorCode = null, bool AllowTakendown = false);

/// <summary>Signing in, the same for clients and for pages: identifier and password, then the second factor where the account has one.</summary>
internal sealed class SignIn(Credentials credentials, SecondFactors factors, IRepoGate gate)
{
    /// <summary>Lets somebody in. The account's turn is held until the answer is disposed: save what came of it first, and no change of password gets in between.</summary>
    /// <remarks>That an account is taken down, or has a second factor, is told only to who knows its password.</remarks>
    /// <exception cref="XrpcException">AuthenticationRequired, AccountTakedown, AuthFactorTokenRequired, InvalidToken, ExpiredToken, RateLimitExceeded; UpstreamFailure where a code cannot be sent.</exception>
    public async Task<SignedIn> EnterAsync(SignInForm form, CancellationToken ct)
    {
        var right = await credentials.CheckAsync(form.Identifier, form.Password, ct);
        var (account, signedIn) = await PassAsync(right, form.FactorCode, form.AllowTakendown, ct);
        return signedIn ?? throw await factors.AskAsync(account, ct);
    }

    /// <summary>The first of two steps, as a page has them: the same, but an account that takes a second factor is no refusal.</summary>
    /// <exception cref="XrpcException">AuthenticationRequired, AccountTakedown, RateLimitExceeded; UpstreamFailure where a code cannot be sent.</exception>
    public async Task<PasswordAnswer> BeginAsync(SignInForm form, CancellationToken ct)
    {
        var right = await credentials.CheckAsync(form.Identifier, form.Password, ct);
        var (account, signedIn) = await PassAsync(right, form.FactorCode, form.AllowTakendown, ct);
        return signedIn is not null ? new PasswordAnswer(signedIn) : new PasswordAnswer(Mark: PasswordMark.Of(right), Factors: await factors.PrepareAsync(account, ct));
    }

    /// <summary>The second step: the code, of somebody whose password was right.</summary>
    /// <exception cref="XrpcException">AuthenticationRequired: the password was changed meanwhile; otherwise as for <see cref="EnterAsync"/>.</exception>
    public async Task<SignedIn> FinishAsync(PasswordMark mark, Secret code, CancellationToken ct)
    {
        var right = await credentials.RecallAsync(mark, ct);
        var (account, signedIn) = await PassAsync(right, code, allowTakendown: false, ct);
        return signedIn ?? throw await factors.AskAsync(account, ct);
    }

    /// <summary>In the account's turn, which goes on for who is let in. Nobody is, and nothing is wrong, where a code is wanted and there is none.</summary>
    private async Task<(Account Account, SignedIn? SignedIn)> PassAsync(RightPassword right, Secret? code, bool allowTakendown, CancellationToken ct)
    {
        var turn = await gate.EnterAsync(right.Did, ct);
        try
        {
            var account = await credentials.FindUnchangedAsync(right, ct);
            if (account.Status == AccountStatus.Takendown && !allowTakendown) throw XrpcException.AccountTakedown();

            if (right.AppPassword is not null || await factors.PassAsync(account, code, ct))
            {
                await credentials.StrengthenAsync(right, ct);
                return (account, new SignedIn(account, right.AppPassword, turn));
            }

            turn.Dispose(); // what follows may send mail, and the account's writes need not wait for that
            return (account, null);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }
}

/// <summary>What a right password led to: one of the two.</summary>
/// <param name="Mark">For the second step.</param>
/// <param name="Factors">What that asks for.</param>
internal sealed record PasswordAnswer(SignedIn? SignedIn = null, PasswordMark? Mark = null, FactorKinds? Factors = null);

/// <summary>Somebody who was let in. Disposing ends the account's turn.</summary>
/// <param name="AppPassword">What they came in with; null for the account's own password.</param>
internal sealed record SignedIn(Account Account, AppPassword? AppPassword, IDisposable Turn) : IDisposable
{
    public void Dispose() => Turn.Dispose();
}
