using Pds.Application.Errors;
using Pds.Domain.Data;
using Pds.Domain.Repo;

namespace Pds.Application.Repo.Writing;

/// <summary>Compare-and-swap: a write that goes ahead only from the state that its author saw.</summary>
internal static class Swaps
{
    /// <exception cref="XrpcException">InvalidSwap.</exception>
    public static void CheckCommit(Cid? swap, Cid current)
    {
        if (swap is { } expected && expected != current) throw XrpcException.InvalidSwap($"Commit was at {current}");
    }

    /// <exception cref="XrpcException">InvalidSwap.</exception>
    public static void CheckRecord(Swap swap, Cid? current)
    {
        if (swap.IsGiven && swap.Cid != current) throw XrpcException.InvalidSwap($"Record was at {current?.ToString() ?? "null"}");
    }

    /// <summary>What putting a record is, given what is there.</summary>
    public static RepoAction ActionFor(Cid? current) => current is null ? RepoAction.Create : RepoAction.Update;
}
