using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Factors;

/// <summary>Bounds how often an account's second factor is guessed (see <see cref="WrongCodes"/>). In the account's turn, so that those who guess at once are counted one by one.</summary>
internal sealed class CodeGuesses(IFactorStore store, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <exception cref="XrpcException">RateLimitExceeded: there were too many wrong ones. No code is taken, not even the right one.</exception>
    public async Task RequireAnotherAsync(Did did, CancellationToken ct)
    {
        var wait = (await store.FindWrongCodesAsync(did, ct))?.WaitFrom(time.GetUtcNow()) ?? TimeSpan.Zero;
        if (wait > TimeSpan.Zero) throw XrpcException.RateLimitExceeded(wait, $"Too many wrong codes. Try again in {Math.Ceiling(wait.TotalMinutes)} minutes.");
    }

    /// <summary>Counts a wrong one, at once and durably, and says what to refuse it with.</summary>
    public async Task<XrpcException> CountWrongAsync(Did did, CancellationToken ct)
    {
        await store.PutWrongCodesAsync(WrongCodes.OneMore(await store.FindWrongCodesAsync(did, ct), did, time.GetUtcNow()), ct);
        await unitOfWork.SaveChangesAsync(CancellationToken.None);
        return XrpcException.InvalidToken("Token is invalid"); // clients look for these words
    }

    /// <summary>After a right one.</summary>
    public Task ForgetAsync(Did did, CancellationToken ct) => store.RemoveWrongCodesAsync(did, ct);
}
