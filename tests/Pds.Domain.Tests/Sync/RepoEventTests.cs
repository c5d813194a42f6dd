using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;
using Pds.Domain.Tests.Plc;

namespace Pds.Domain.Tests.Sync;

public sealed class RepoEventTests : IDisposable
{
    private static readonly Did Alice = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static readonly RecordPath Path = RecordPath.Parse("app.bsky.feed.post/3jzfcijpj2z2a");
    private static readonly Tid First = Tid.Parse("3jzfcijpj2z2a");
    private static readonly Tid Second = Tid.Parse("3jzfcijpj2z2c");

    private readonly TestKey _key = new();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_first_commit_has_nothing_before_it()
    {
        var change = RepoDiff.Of(MstTree.Empty, [new RecordWrite(Path, Record(1))]).Sign(before: null, Alice, First, _key);

        var message = CommitEvent.Of(change);

        Assert.Equal((Alice, change.Commit.Cid, First), (message.Did, message.Commit, message.Rev));
        Assert.Null(message.Since);
        Assert.Null(message.PrevData);
        Assert.Equal(new RepoOp(RepoAction.Create, Path, Record(1).Cid, Prev: null), Assert.Single(message.Ops));
    }

    [Fact]
    public void A_later_commit_tells_what_it_replaces()
    {
        var first = RepoDiff.Of(MstTree.Empty, [new RecordWrite(Path, Record(1))]);
        var head = first.Sign(before: null, Alice, First, _key).Commit.Head;
        var change = RepoDiff.Of(first.Tree, [new RecordWrite(Path, Record(2))]).Sign(head, Alice, Second, _key);

        var message = CommitEvent.Of(change);

        Assert.Equal(First, message.Since);
        Assert.Equal(first.Tree.RootCid, message.PrevData);
        Assert.Equal(change.CarLength, message.Blocks.Length);
    }

    [Fact]
    public void A_sync_event_holds_the_commit_and_nothing_else()
    {
        var commit = RepoDiff.Of(MstTree.Empty, [new RecordWrite(Path, Record(1))]).Sign(before: null, Alice, First, _key).Commit;

        var message = SyncEvent.Of(commit);

        Assert.Equal(CarHeader.LengthOfOneRoot + CarWriter.BlockLength(commit.Block), message.Blocks.Length);
        Assert.Equal(commit.Block.Bytes.ToArray(), message.Blocks[^commit.Block.Bytes.Length..].ToArray());
        Assert.True(message.Blocks.Span.IndexOf(commit.Cid.ToBytes()) >= 0);
    }

    private static Block Record(int number) => Block.Of(DagCborWriter.Encode(new LexInteger(number)));
}
