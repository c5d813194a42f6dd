using System.Buffers;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Syntax;

namespace Pds.Domain.Sync;

/// <summary>Something the firehose tells (https://atproto.com/specs/sync#repository-event-stream), before it has a sequence number.</summary>
/// <param name="Did">The account it is about.</param>
public abstract record RepoEvent(Did Did)
{
    /// <summary>The message's name in a frame's header, such as <c>#commit</c>.</summary>
    public abstract string Type { get; }
}

/// <summary>A repository got a new commit.</summary>
/// <param name="Did">Called <c>repo</c> on the wire, in this message alone.</param>
/// <param name="Commit">The CID of the commit block, which is among the blocks.</param>
/// <param name="Rev">The commit's revision.</param>
/// <param name="Since">The revision before it; null for a repository's first commit.</param>
/// <param name="Blocks">A CAR whose root is the commit: new blocks, and those that prove the operations. At most <see cref="RepoChange.MaxCarLength"/> bytes.</param>
/// <param name="Ops">What changed, at most <see cref="RepoChange.MaxOps"/>.</param>
/// <param name="PrevData">The root of the tree before the commit; null for a repository's first commit.</param>
public sealed record CommitEvent(
    Did Did, Cid Commit, Tid Rev, Tid? Since, ReadOnlyMemory<byte> Blocks, IReadOnlyList<RepoOp> Ops, Cid? PrevData) : RepoEvent(Did)
{
    public override string Type => "#commit";

    public static CommitEvent Of(RepoChange change)
    {
        var car = new ArrayBufferWriter<byte>((int)change.CarLength);
        change.WriteCar(car);
        var commit = change.Commit;
        return new CommitEvent(commit.Did, commit.Cid, commit.Rev, change.Before?.Rev, car.WrittenMemory, change.Diff.Ops, change.Before?.Data);
    }
}

/// <summary>The state of a repository, without its history: whoever sees anything else fetches it anew.</summary>
/// <param name="Did">The account.</param>
/// <param name="Rev">The present commit's revision.</param>
/// <param name="Blocks">A CAR with the commit block alone.</param>
public sealed record SyncEvent(Did Did, Tid Rev, ReadOnlyMemory<byte> Blocks) : RepoEvent(Did)
{
    public override string Type => "#sync";

    public static SyncEvent Of(Commit commit)
    {
        var car = new ArrayBufferWriter<byte>(CarHeader.LengthOfOneRoot + CarWriter.BlockLength(commit.Block));
        CarWriter.WriteHeader(car, commit.Cid);
        CarWriter.WriteBlock(car, commit.Cid, commit.Block.Bytes.Span);
        return new SyncEvent(commit.Did, commit.Rev, car.WrittenMemory);
    }
}

/// <summary>An account's DID document or handle may have changed: look again.</summary>
/// <param name="Did">The account.</param>
/// <param name="Handle">The handle, where it is known for sure.</param>
public sealed record IdentityEvent(Did Did, Handle? Handle = null) : RepoEvent(Did)
{
    public override string Type => "#identity";
}

/// <summary>The account's status at this host.</summary>
/// <param name="Did">The account.</param>
/// <param name="Status">On the wire <c>active</c>, and the reason only where it is not.</param>
public sealed record AccountEvent(Did Did, AccountStatus Status) : RepoEvent(Did)
{
    public override string Type => "#account";

    public bool Active => Status == AccountStatus.Active;
}
