using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Xunit;

namespace Pds.TestKit;

/// <summary>Follows one account on the firehose as a relay does: believes a <c>#commit</c> only as far as its own blocks prove it, and as it goes on from the one before.</summary>
/// <remarks>https://atproto.com/specs/sync#commit-validation</remarks>
public sealed class CommitVerifier
{
    private const int MaxBlocks = 2_000_000;
    private const int MaxOps = 200;

    private readonly Did _did;
    private readonly DidKey _key;
    private readonly Dictionary<string, Cid> _records;
    private Tid? _rev;
    private Cid? _data;
    private long _seq;

    private CommitVerifier(Did did, DidKey key, VerifiedRepo? from) =>
        (_did, _key, _rev, _data, _records) = (did, key, from?.Commit.Rev, from?.Commit.Data, new(from?.Records ?? new Dictionary<string, Cid>()));

    /// <summary>Every record's CID by its path, as the commits so far tell it.</summary>
    public IReadOnlyDictionary<string, Cid> Records => _records;

    /// <summary>Follows from the very first commit on.</summary>
    public static async Task<CommitVerifier> FromTheStartAsync(XrpcClient client, Did did) => new(did, await VerifiedRepo.FindSigningKeyAsync(client, did), null);

    /// <summary>Follows from the repo's present state on.</summary>
    public static async Task<CommitVerifier> FromNowAsync(XrpcClient client, Did did) =>
        new(did, await VerifiedRepo.FindSigningKeyAsync(client, did), await VerifiedRepo.FetchAsync(client, did));

    /// <summary>Checks the next commit of the account, and fails the test where a relay would not believe it.</summary>
    public Commit Verify(FirehoseReader.Frame frame)
    {
        Assert.Equal((1, "#commit", _did.Value), (frame.Op, frame.Type, frame.Body.Text("repo")));
        Assert.True(frame.Seq > _seq, "Sequence numbers go up");
        Assert.Equal((new LexBoolean(false), new LexBoolean(false), new LexArray([])), (frame.Body["tooBig"], frame.Body["rebase"], frame.Body["blobs"]));
        Assert.True(AtDatetime.TryParse(frame.Body.Text("time"), out _));

        var (commit, blocks) = ReadBlocks(frame.Body);
        CheckContinues(frame.Body, commit);
        CheckOps([.. ((LexArray)frame.Body["ops"]!).Items.Cast<LexObject>().Select(ReadOp)], commit, blocks);
        (_seq, _rev, _data) = (frame.Seq, commit.Rev, commit.Data);
        return commit;
    }

    public void VerifyAll(IEnumerable<FirehoseReader.Frame> frames)
    {
        foreach (var frame in frames) Verify(frame);
    }

    /// <summary>The blocks that a <c>#commit</c> brings.</summary>
    public static BlockSet BlocksOf(FirehoseReader.Frame frame) => new(CarReader.Read(((LexBytes)frame.Body["blocks"]!).Value).Blocks);

    private (Commit Commit, BlockSet Blocks) ReadBlocks(LexObject body)
    {
        var car = ((LexBytes)body["blocks"]!).Value;
        Assert.InRange(car.Length, 1, MaxBlocks);
        var file = CarReader.Read(car);
        var blocks = new BlockSet(file.Blocks);
        Assert.Equal(file.Blocks.Count, blocks.Count); // each once
        Assert.Equal(new LexLink(file.Header.Root), body["commit"]);
        Assert.True(blocks.TryGet(file.Header.Root, out var block), "The commit block is missing");
        var commit = Commit.Decode(block);
        Assert.True(commit.Verify(new SignatureVerifier(), _key), "The commit's signature is not by the key in the DID document");
        Assert.True(blocks.Contains(commit.Data), "The root of the tree is missing");
        return (commit, blocks);
    }

    private void CheckContinues(LexObject body, Commit commit)
    {
        Assert.Equal((_did, commit.Rev.ToString()), (commit.Did, body.Text("rev")));
        Assert.Equal(_rev?.ToString(), body.Text("since"));
        Assert.Equal(_data is { } data ? new LexLink(data) : null, body["prevData"] as LexLink);
        Assert.True(_rev is not { } before || string.CompareOrdinal(commit.Rev.ToString(), before.ToString()) > 0, "Revisions go up");
    }

    private void CheckOps(RepoOp[] ops, Commit commit, BlockSet blocks)
    {
        Assert.InRange(ops.Length, 0, MaxOps);
        Assert.Equal(ops.Length, ops.DistinctBy(op => op.Path).Count());
        foreach (var op in ops)
        {
            Assert.Equal(op.Prev, _records.TryGetValue(op.Path.ToString(), out var known) ? known : (Cid?)null);
            Assert.True(op.Cid is null || blocks.Contains(op.Cid.Value), $"The record {op.Path} is missing");
            if (op.Cid is { } cid) _records[op.Path.ToString()] = cid;
            else _records.Remove(op.Path.ToString());
        }

        var before = _data ?? MstTree.Empty.RootCid;
        Assert.Equal(before, MstInvert.Undo(commit.Data, blocks, ops.Select(op => op.Change)));
        Assert.Equal(before, MstInvert.Undo(commit.Data, blocks, Enumerable.Reverse(ops).Select(op => op.Change)));
    }

    private static RepoOp ReadOp(LexObject op)
    {
        var action = Enum.Parse<RepoAction>(op.Text("action")!, ignoreCase: true);
        var (cid, prev) = ((op["cid"] as LexLink)?.Value, (op["prev"] as LexLink)?.Value);
        Assert.Equal((action != RepoAction.Delete, action != RepoAction.Create), (cid is not null, prev is not null));
        return new RepoOp(action, RecordPath.Parse(op.Text("path")!), cid, prev);
    }
}
