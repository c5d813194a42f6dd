using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Conformance.Tests.Goldens;

/// <summary>A repo whose every byte is known: fixed revs, and signatures that are always the same. A change here is a change of what the network sees.</summary>
public sealed class RepoGoldenTests
{
    private static readonly Did Alice = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly Lazy<IReadOnlyList<RepoChange>> History = new(() => [.. Commits()]);

    [Fact]
    public void The_trees_have_the_roots_that_the_reference_library_gives_them() => Assert.Equal(
        [
            "bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm",
            "bafyreibciekvzcwodkhl3tvtqo7rsmzqasmonyqyznuo5sovkjx5korscq",
            "bafyreicwcsgjt3k5o2jeoxo5yqp6lnamwfl7e65auzafkv2bhsreooeunq",
            "bafyreic5v3tr4unh4d55jdnavebcvdcntvvqjiof7dyadecmb3ats6grvy",
        ],
        History.Value.Select(change => change.Commit.Data.ToString()));

    [Fact]
    public void The_commits_have_the_cids_they_always_had() => Assert.Equal(
        [
            "bafyreidxcqkyl7yaaojhstkfwatnsippm5werto5ef7sihqxk222qxwlw4",
            "bafyreib2hkl6t64iy6ef2gpmmxc3erb23ftzb7dbfedu4mohmmjdrzjlo4",
            "bafyreicqtb7gp2j4kdyuuxyitegnszhg64ot3j33fv2css45clrw3cgldi",
            "bafyreidezvgldua52cs6xtdhcwic3ntmivd6qazvkmtbb75xebe5xxs7yi",
        ],
        History.Value.Select(change => change.Commit.Cid.ToString()));

    [Fact]
    public void An_export_has_the_bytes_it_always_had()
    {
        var blocks = new BlockSet(History.Value.SelectMany(change => change.Diff.Nodes.Added.Concat(change.Diff.Records)));
        var last = History.Value[^1].Commit;
        var car = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader(car, last.Cid);
        CarWriter.WriteBlock(car, last.Cid, last.Block.Bytes.Span);
        foreach (var item in RepoExport.PreOrder(last.Data, blocks))
        {
            Assert.True(blocks.TryGet(item.Cid, out var block));
            CarWriter.WriteBlock(car, item.Cid, block.Span);
        }

        Assert.Equal("262e401ee1bca55d4e0da4157426eb49bba399946015248dfafcb3f0b610b1b1", HashOf(car.WrittenSpan));
    }

    [Fact]
    public void The_frames_have_the_bytes_they_always_had()
    {
        RepoEvent[] events =
        [
            new IdentityEvent(Alice, Handle.Parse("alice.test")), new AccountEvent(Alice, AccountStatus.Active), SyncEvent.Of(History.Value[0].Commit),
            .. History.Value.Select(CommitEvent.Of), new AccountEvent(Alice, AccountStatus.Takendown),
        ];
        var frames = events.SelectMany((message, i) => EventFrame.Encode(message, seq: 1000 + i, Start.AddSeconds(i))).ToArray();

        Assert.Equal("f5f423e82e44636d4ce55abc4ad9c6a008009aec5e20db91f6278c94429b7dc6", HashOf(frames));
    }

    /// <summary>An empty repo; ninety records at once; updates, deletions and a record of another collection; everything deleted but one.</summary>
    private static IEnumerable<RepoChange> Commits()
    {
        var posts = Enumerable.Range(0, 90).Select(i => new RecordWrite(Post(i), Record(i))).ToList();
        RecordWrite[][] batches =
        [
            [],
            [.. posts],
            [.. posts.Where((_, i) => i % 7 == 0).Select(post => post with { Record = null }), new(Post(1), Record(1001)), new(RecordPath.Parse("app.bsky.actor.profile/self"), Record(2000))],
            [.. posts.Where((_, i) => i % 7 != 0).Skip(1).Select(post => post with { Record = null })],
        ];

        var (tree, head) = (MstTree.Empty, (RepoHead?)null);
        for (var i = 0; i < batches.Length; i++)
        {
            var diff = RepoDiff.Of(tree, batches[i]);
            var change = diff.Sign(head, Alice, RevOf(i), new ConstantKey());
            (tree, head) = (diff.Tree, change.Commit.Head);
            yield return change;
        }
    }

    private static Tid RevOf(int commit) => new((ulong)((Start - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond + commit) << 10 | 7);

    private static RecordPath Post(int number) => RecordPath.Parse($"app.bsky.feed.post/{RevOf(number)}");

    private static Block Record(int number) => Block.Of(DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue>
    {
        ["$type"] = new LexString("app.bsky.feed.post"),
        ["text"] = new LexString($"post {number}"),
        ["createdAt"] = new LexString("2026-01-02T03:04:05.678Z"),
        ["langs"] = new LexArray([new LexString("en")]),
        ["number"] = new LexInteger(number),
        ["bytes"] = new LexBytes(Encoding.UTF8.GetBytes($"{number}")),
        ["link"] = new LexLink(Cid.Of(CidCodec.Raw, Encoding.UTF8.GetBytes($"{number}"))),
    })));

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Not a signature, but 64 bytes that follow from the message: real ones differ from library to library.</summary>
    private sealed class ConstantKey : ISigningKey
    {
        public DidKey PublicKey => throw new NotSupportedException();

        public byte[] Sign(ReadOnlySpan<byte> message) => SHA512.HashData(message);
    }
}
