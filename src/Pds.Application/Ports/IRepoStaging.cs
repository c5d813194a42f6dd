using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Repos that are written bit by bit under a number of their own, beside those that accounts have, until one takes the place of an account's.</summary>
/// <remarks>What is staged is nobody's, and so is a repo whose place was taken. Both are written down, so that what a crash leaves is removed after the next start.</remarks>
public interface IRepoStaging
{
    /// <summary>Begins one; takes effect at once.</summary>
    /// <returns>Its number, which no other repo has or will have.</returns>
    Task<long> BeginAsync(CancellationToken ct);

    /// <summary>Adds some rows, in a save of their own: no more of them than holds other writers up for some milliseconds.</summary>
    Task AddAsync(long number, Tid rev, IReadOnlyList<Block> nodes, IReadOnlyList<RecordChange> records, CancellationToken ct);

    /// <summary>Buffers the step that makes it the account's repo; saved with the unit of work, which fails if the head has moved meanwhile.</summary>
    /// <remarks>Records that were taken down stay so by their path. Blobs that records mention now are permanent; those that no record mentions any more are temporary from now on.</remarks>
    void Put(RepoReplacement replacement);

    /// <summary>The numbers of repos that are nobody's, those included that are being staged.</summary>
    Task<IReadOnlyList<long>> ListLeftAsync(CancellationToken ct);

    /// <summary>Removes some rows of a repo that is nobody's, a few milliseconds' worth, and in the end forgets its number. Touches no repo that is somebody's.</summary>
    /// <returns>Whether there may be more.</returns>
    Task<bool> RemoveSomeAsync(long number, CancellationToken ct);
}

/// <summary>A staged repo that takes the place of an account's.</summary>
/// <param name="Before">The repo as it was when the staged one was made; null where the account had none.</param>
/// <param name="Number">The staged one's.</param>
/// <param name="Commit">Its head.</param>
public sealed record RepoReplacement(Did Did, StoredRepo? Before, long Number, Commit Commit);
