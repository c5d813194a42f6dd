using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Takes all that is kept of an account out of the database: what is private at once, what may be a great deal bit by bit.</summary>
public interface IAccountEraser
{
    /// <summary>
    /// Buffers an account's end: it and everything private go, its repo is nobody's any more, and what is left to remove is written down. Saved with the
    /// unit of work, which fails if there is no such account. Until the rest is removed no account of that DID can be added.
    /// </summary>
    void Erase(Did did);

    /// <summary>Deactivated accounts whose time had come by <paramref name="moment"/>, the longest overdue first. Those that are taken down stay.</summary>
    Task<IReadOnlyList<Did>> ListDueAsync(DateTimeOffset moment, int limit, CancellationToken ct);

    /// <summary>Accounts that were erased and have left something to remove.</summary>
    Task<IReadOnlyList<Did>> ListUnfinishedAsync(CancellationToken ct);

    /// <summary>Whether that account was erased and has left something to remove.</summary>
    Task<bool> IsUnfinishedAsync(Did did, CancellationToken ct);

    /// <summary>Removes some of what an erased account has left: no more than holds other writers up for some milliseconds. Takes effect at once.</summary>
    /// <returns>Whether there may be more.</returns>
    Task<bool> RemoveSomeAsync(Did did, CancellationToken ct);

    /// <summary>Notes that nothing is left. Takes effect at once.</summary>
    Task FinishAsync(Did did, CancellationToken ct);
}
