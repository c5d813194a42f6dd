using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Turns: one holder at a time for each name, in the order of asking; different names do not wait for one another.</summary>
public interface IRepoGate
{
    /// <summary>Waits for the account's turn, and ends it when disposed.</summary>
    ValueTask<IDisposable> EnterAsync(Did did, CancellationToken ct);

    /// <summary>Waits for the turn of an address, or of anything else that somebody is about to claim.</summary>
    ValueTask<IDisposable> EnterAsync(string claim, CancellationToken ct);

    /// <summary>Waits for the turn of a handle that somebody is about to claim.</summary>
    ValueTask<IDisposable> EnterAsync(Handle handle, CancellationToken ct) => EnterAsync($"handle:{handle}", ct);
}
