using System.Buffers;
using Pds.Domain.Data;
using Pds.Domain.Repo.Car;

namespace Pds.Domain.Repo;

/// <summary>One commit and all that is to be stored and published with it.</summary>
public sealed class RepoChange
{
    /// <summary>The most ops that one commit may have.</summary>
    public const int MaxOps = 200;

    /// <summary>The most bytes that the CAR of one commit may have.</summary>
    public const int MaxCarLength = 2_000_000;

    internal RepoChange(RepoHead? before, Commit commit, RepoDiff diff)
    {
        (Before, Commit, Diff) = (before, commit, diff);
        var blocks = new BlockSet();
        blocks.Add(commit.Block);
        blocks.AddRange(diff.EventNodes);
        blocks.AddRange(diff.Records);
        Blocks = blocks;

        CarLength = CarHeader.LengthOfOneRoot;
        foreach (var block in Blocks) CarLength += CarWriter.BlockLength(block);
    }

    /// <summary>The head that this commit replaces: the event's <c>since</c> is its rev, <c>prevData</c> its data. Null for a repo's first commit.</summary>
    public RepoHead? Before { get; }

    public Commit Commit { get; }

    public RepoDiff Diff { get; }

    /// <summary>The blocks of the event, each once: the commit, then nodes, then records.</summary>
    public IReadOnlyCollection<Block> Blocks { get; }

    /// <summary>How many bytes <see cref="WriteCar"/> writes.</summary>
    public long CarLength { get; }

    /// <summary>Whether the commit keeps within what an event may carry. The caller refuses one that does not.</summary>
    public bool FitsEvent => CarLength <= MaxCarLength && Diff.Ops.Count <= MaxOps;

    /// <summary>Writes the event's <c>blocks</c>.</summary>
    public void WriteCar(IBufferWriter<byte> output)
    {
        CarWriter.WriteHeader(output, Commit.Cid);
        foreach (var block in Blocks) CarWriter.WriteBlock(output, block.Cid, block.Bytes.Span);
    }
}
