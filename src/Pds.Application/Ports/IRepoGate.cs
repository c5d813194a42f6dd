using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Turns: one holder at a time for each name, in the order of asking; different names do not wait for one another.</summary>
public interface IRepoGate
{
    /// <summary>Waits for the account's turn, and ends it when disposed.</summary>
    ValueTask<IDisposable> EnterAsync(Did did, CancellationToken ct) => EnterAsync(ClaimOn(did), ct);

    /// <summary>Waits for the turn of something that somebody is about to claim: <c>handle:…</c>, <c>email:…</c>, <c>invite:…</c>.</summary>
    ValueTask<IDisposable> EnterAsync(string claim, CancellationToken ct);

    /// <summary>Waits for the turn of a handle that somebody is about to claim.</summary>
    ValueTask<IDisposable> EnterAsync(Handle handle, CancellationToken ct) => EnterAsync(ClaimOn(handle), ct);

    /// <summary>What the account's turn is called.</summary>
    static string ClaimOn(Did did) => did.Value;

    /// <summary>What whoever is about to take a handle holds the turn of.</summary>
    static string ClaimOn(Handle handle) => $"handle:{handle}";
}

public static class RepoGateExtensions
{
    /// <summary>Waits for the turns of several claims, one after the other, and ends them all when disposed. Whoever else takes some of them must take them in the same order.</summary>
    public static async Task<IDisposable> EnterAllAsync(this IRepoGate gate, IEnumerable<string> claims, CancellationToken ct)
    {
        var turns = new Turns();
        try
        {
            foreach (var claim in claims) turns.Push(await gate.EnterAsync(claim, ct));
            return turns;
        }
        catch
        {
            turns.Dispose();
            throw;
        }
    }

    private sealed class Turns : Stack<IDisposable>, IDisposable
    {
        public void Dispose()
        {
            while (TryPop(out var turn)) turn.Dispose();
        }
    }
}
