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

        var turn = await gate.EnterAsync(right.Did, ct);
        Account account;
        try
        {
            account = await credentials.FindUnchangedAsync(right, ct);
            if (account.Status == AccountStatus.Takendown && !form.AllowTakendown) throw XrpcException.AccountTakedown();

            if (right.AppPassword is not null || await factors.PassAsync(account, form.FactorCode, ct))
            {
                await credentials.StrengthenAsync(right, form.Password, ct);
                return new SignedIn(account, right.AppPassword, turn);
            }
        }
        catch
        {
            turn.Dispose();
            throw;
        }

        turn.Dispose(); // what follows may send mail, and the account's writes need not wait for that
        throw await factors.AskAsync(account, ct);
    }
}

/// <summary>Somebody who was let in. Disposing ends the account's turn.</summary>
/// <param name="AppPassword">What they came in with; null for the account's own password.</param>
internal sealed record SignedIn(Account Account, AppPassword? AppPassword, IDisposable Turn) : IDisposable
{
    public void Dispose() => Turn.Dispose();
}
