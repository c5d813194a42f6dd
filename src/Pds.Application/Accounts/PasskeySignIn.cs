using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts;

/// <summary>Signing in by a passkey, which stands for the password and the second factor in one.</summary>
internal sealed class PasskeySignIn(IPasskeyCeremonies ceremonies, IPasskeyStore passkeys, IAccountStore accounts, IRepoGate gate, TimeProvider time)
{
    /// <summary>Lets somebody in. The account's turn is held until the answer is disposed, as by <see cref="SignIn.EnterAsync"/>.</summary>
    /// <exception cref="XrpcException">AuthenticationRequired, ExpiredToken, AccountTakedown.</exception>
    public async Task<SignedIn> EnterAsync(PasskeyAnswer answer, CancellationToken ct)
    {
        var used = await ceremonies.FinishUsingAsync(answer);
        var turn = await gate.EnterAsync(used.Did, ct);
        try
        {
            var account = await accounts.FindAsync(used.Did, ct);
            if (account is null || await passkeys.FindAsync(used.Id, ct) is not { } known || !IsNext(used, known)) throw XrpcException.AuthenticationRequired("The passkey was not accepted");
            if (account.Status == AccountStatus.Takendown) throw XrpcException.AccountTakedown();

            await passkeys.UpdateAsync(used with { UsedAt = time.GetUtcNow() }, ct);
            return new SignedIn(account, AppPassword: null, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Whether nobody else used it meanwhile: a count that two have is that of a copied authenticator.</summary>
    private static bool IsNext(Passkey used, Passkey known) => used.SignCount == 0 ? known.SignCount == 0 : used.SignCount > known.SignCount;
}
