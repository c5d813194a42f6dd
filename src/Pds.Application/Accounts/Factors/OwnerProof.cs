using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>That the account's owner is there and not only somebody with an open session: asked for before anything about the second factor changes.</summary>
internal sealed class OwnerProof(IAccountStore accounts, IPasswordHasher passwords, StrongFactors strong, CodeGuesses guesses)
{
    /// <summary>Takes the account's own password, a code of its authenticator app or a backup code; wrong ones are bounded like those of signing in. In the account's turn.</summary>
    /// <exception cref="XrpcException">AuthenticationRequired, RateLimitExceeded.</exception>
    public async Task RequireAsync(Account account, Secret proof, CancellationToken ct)
    {
        await guesses.RequireAnotherAsync(account.Did, ct);
        if (!await strong.TryTakeAsync(account.Did, proof, ct) && !await IsPasswordAsync(account, proof, ct))
        {
            await guesses.CountWrongAsync(account.Did, ct);
            throw XrpcException.AuthenticationRequired("Invalid password or code");
        }

        await guesses.ForgetAsync(account.Did, ct);
    }

    private async Task<bool> IsPasswordAsync(Account account, Secret proof, CancellationToken ct) =>
        proof.Reveal().Length <= Credentials.MaxPasswordLength
        && await passwords.VerifyAsync(await accounts.FindPasswordHashAsync(account.Did, ct), proof, ct) != PasswordCheck.Wrong;
}
