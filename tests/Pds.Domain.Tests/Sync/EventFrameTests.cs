using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Sync;

public sealed class EventFrameTests
{
    private const long Seq = 1234567;

    private static readonly DateTimeOffset Time = DateTimeOffset.Parse("2026-01-02T03:04:05.678Z", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly Did Account = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static readonly Cid A = Cid.Parse("bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
    private static readonly Cid B = Cid.Parse("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a");
    private static readonly Tid First = Tid.Parse("3jzfcijpj2z2a");
    private static readonly Tid Second = Tid.Parse("3jzfcijpj2z2c");
    private static readonly Nsid Post = Nsid.Parse("app.bsky.feed.post");
    private static readonly byte[] Blocks = [0x3a, 0xa2, 0x65];

    private static readonly CommitEvent LaterCommit = new(
        Account, A, Second, First, Blocks,
        [Update(RecordKey.Parse("a")), new RepoOp(RepoAction.Delete, new RecordPath(Post, RecordKey.Parse("b")), Cid: null, Prev: B)], PrevData: B);

    public static TheoryData<RepoEvent, string> Goldens => new()
    {
        { new CommitEvent(Account, A, First, null, Blocks, [new RepoOp(RepoAction.Create, new RecordPath(Post, RecordKey.Parse("3jzfcijpj2z2a")), B, Prev: null)], null), FrameGoldens.FirstCommit },
        { LaterCommit, FrameGoldens.LaterCommit },
        { new SyncEvent(Account, First, Blocks), FrameGoldens.Sync },
        { new IdentityEvent(Account), FrameGoldens.IdentityAlone },
        { new IdentityEvent(Account, Handle.Parse("alice.test")), FrameGoldens.IdentityWithHandle },
        { new AccountEvent(Account, AccountStatus.Active), FrameGoldens.AccountActive },
        { new AccountEvent(Account, AccountStatus.Takendown), FrameGoldens.AccountTakendown },
    };

    [Theory, MemberData(nameof(Goldens))]
    public void Makes_the_bytes_that_the_reference_implementation_makes(RepoEvent message, string hex) =>
        Assert.Equal(hex, Convert.ToHexStringLower(EventFrame.Encode(message, Seq, Time)));

    [Fact]
    public void Makes_the_reference_bytes_of_a_note() =>
        Assert.Equal(FrameGoldens.Info, Convert.ToHexStringLower(EventFrame.Encode(InfoFrame.OutdatedCursor)));

    [Fact]
    public void Makes_the_reference_bytes_of_an_error() =>
        Assert.Equal(FrameGoldens.Error, Convert.ToHexStringLower(EventFrame.Encode(ErrorFrame.FutureCursor)));

    [Theory, MemberData(nameof(Goldens))]
    public void Every_frame_is_two_canonical_maps_that_bear_the_name_and_the_number(RepoEvent message, string _)
    {
        var frame = DecodedFrame.Of(EventFrame.Encode(message, seq: long.MaxValue >> 11, Time));

        Assert.Equal(message.Type, frame.Header.Text("t"));
        Assert.Equal(new LexInteger(1), frame.Header["op"]);
        Assert.Equal(new LexInteger(long.MaxValue >> 11), frame.Body["seq"]);
        Assert.Equal("2026-01-02T03:04:05.678Z", frame.Body.Text("time"));
    }

    [Fact]
    public void Blocks_far_larger_than_the_rest_arrive_whole()
    {
        var blocks = new byte[RepoChange.MaxCarLength];
        Array.Fill(blocks, (byte)7);

        var frame = DecodedFrame.Of(EventFrame.Encode(LaterCommit with { Blocks = blocks }, Seq, Time));

        Assert.Equal(new LexBytes(blocks), frame.Body["blocks"]);
    }

    [Fact]
    public void Two_hundred_operations_with_the_longest_paths_fit()
    {
        var longest = RecordKey.Parse(new string('k', 512));
        RepoOp[] ops = [.. Enumerable.Range(0, RepoChange.MaxOps).Select(_ => Update(longest))];

        var frame = DecodedFrame.Of(EventFrame.Encode(LaterCommit with { Ops = ops }, Seq, Time));

        var decoded = Assert.IsType<LexArray>(frame.Body["ops"]);
        Assert.Equal(RepoChange.MaxOps, decoded.Items.Count);
        Assert.All(decoded.Items, op => Assert.Equal($"{Post}/{longest}", ((LexObject)op).Text("path")));
    }

    [Fact]
    public void The_time_is_told_in_utc()
    {
        var frame = DecodedFrame.Of(EventFrame.Encode(new IdentityEvent(Account), Seq, Time.ToOffset(TimeSpan.FromHours(5))));

        Assert.Equal("2026-01-02T03:04:05.678Z", frame.Body.Text("time"));
    }

    private static RepoOp Update(RecordKey rkey) => new(RepoAction.Update, new RecordPath(Post, rkey), B, A);
}
