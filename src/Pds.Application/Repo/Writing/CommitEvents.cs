using System.Buffers;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Writing;

/// <summary>The events that tell of a commit.</summary>
internal static class CommitEvents
{
    /// <summary><c>#commit</c>: what changed, with every block it takes to check that and to undo it.</summary>
    public static CommitEvent Of(Did did, RepoChange change)
    {
        var car = new ArrayBufferWriter<byte>((int)change.CarLength);
        change.WriteCar(car);
        return new CommitEvent(
            did, change.Commit.Cid, change.Commit.Rev, change.Before?.Rev, car.WrittenMemory, change.Diff.Ops, change.Before?.Data);
    }

    /// <summary><c>#sync</c>: where the repo stands, whatever came before.</summary>
    public static SyncEvent SyncOf(Did did, Commit commit)
    {
        var car = new ArrayBufferWriter<byte>(512);
        CarWriter.WriteHeader(car, commit.Cid);
        CarWriter.WriteBlock(car, commit.Cid, commit.Block.Bytes.Span);
        return new SyncEvent(did, commit.Rev, car.WrittenMemory);
    }
}
