using System.IO.Compression;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

public sealed class ImportRepoTests(ImportRepoTests.Limited pds) : IClassFixture<ImportRepoTests.Limited>
{
    private const string Method = "com.atproto.repo.importRepo";
    private const string CarType = "application/vnd.ipld.car";

    /// <summary>More than are changed in place.</summary>
    private const int Many = 1200;

    public sealed class Limited : PdsFixture
    {
        public const int MaxSize = 2_000_000;

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Imports:MaxSize"] = $"{MaxSize}" };
    }

    private sealed class Closed : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Imports:Accepting"] = "false" };
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(Many)]
    public async Task Takes_the_repo_as_it_is_and_signs_its_head_anew(int records)
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        var before = await mover.StatusAsync();

        var answer = await mover.ImportAsync(repo.Fill(records).Car);

        Assert.Equal((200, ""), ((int)answer.Status, answer.Text));
        var export = await mover.ExportByAsync(key);
        Assert.Equal(repo.Tree.RootCid, export.Commit.Data);
        Assert.Equal(repo.Records, export.Records);
        Assert.True(export.Commit.Rev > repo.Rev && export.Commit.Rev > Tid.Parse(before.GetProperty("repoRev").GetString()!));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(Many)]
    public async Task The_figures_are_those_of_the_repo_at_once(int records)
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        var blobs = Enumerable.Range(0, 5).Select(number => Cid.Of(CidCodec.Raw, [(byte)number])).ToList();
        foreach (var (number, blob) in blobs.Index()) repo.Put($"com.example.file/f{number}", WithBlobs(blob, blobs[0]));

        (await mover.ImportAsync(repo.Fill(records).Car)).Ok();

        var status = await mover.StatusAsync();
        Assert.Equal((repo.Blocks.Count, records + 5, 5, 0), await mover.FiguresAsync());
        Assert.Equal((false, false), (status.GetProperty("activated").GetBoolean(), status.GetProperty("validDid").GetBoolean()));
        Assert.Equal(5, (await mover.MissingBlobsAsync()).Count);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Many)]
    public async Task Records_are_found_by_every_question_that_is_asked_of_them(int records)
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        repo.Fill(records).Put("app.bsky.graph.follow/3jzfcijpj2z2a", new LexObject(new Dictionary<string, LexValue>
        {
            [LexObject.TypeKey] = new LexString("app.bsky.graph.follow"),
            ["subject"] = new LexString("did:plc:ewvi7nxzyoun6zhxrhs64oiz"),
            ["createdAt"] = new LexString(Records.Moment),
        }));
        (await mover.ImportAsync(repo.Car)).Ok();
        await pds.ReactivateAsync(mover.Did);

        var record = (await mover.GetRecordAsync(ForeignRepo.Collection, "item-7")).Ok();
        Assert.Equal((ForeignRepo.Record(7).Cid.ToString(), 7), (record.GetProperty("cid").GetString(), record.GetProperty("value").GetProperty("number").GetInt32()));
        var listed = (await mover.GetAsync("com.atproto.repo.listRecords", new { repo = mover.Did.Value, collection = ForeignRepo.Collection, limit = 100 })).Ok();
        Assert.Equal(Math.Min(records, 100), listed.GetProperty("records").GetArrayLength());
        var described = (await mover.GetAsync("com.atproto.repo.describeRepo", new { repo = mover.Did.Value })).Ok();
        Assert.Equal(["app.bsky.graph.follow", ForeignRepo.Collection], described.GetProperty("collections").EnumerateArray().Select(name => name.GetString()));

        // A second follow of one account takes the place of the first, so that one is known by what it points at.
        (await mover.CreateRecordAsync(Records.Follow("did:plc:ewvi7nxzyoun6zhxrhs64oiz"), "app.bsky.graph.follow")).Ok();
        (await mover.GetRecordAsync("app.bsky.graph.follow", "3jzfcijpj2z2a")).Refused(400, "RecordNotFound");
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(Many, Many)]
    [InlineData(300, Many)]
    [InlineData(Many, 3)]
    public async Task A_second_import_replaces_the_first(int first, int second)
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(first).Car)).Ok();

        var later = repo.Fill(second, from: 100_000);
        for (var number = 0; number < 100; number++) later.Remove(ForeignRepo.PathOf(number));
        (await mover.ImportAsync(later.Car)).Ok();

        Assert.Equal(later.Records, (await mover.ExportByAsync(key)).Records);
        Assert.Equal(later.Records.Count, (await mover.FiguresAsync()).Records);
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_left", "repo_id >= @0", 0)); // and nothing is left of the first
    }

    [Fact]
    public async Task A_repo_goes_back_to_what_it_was_by_its_own_export()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(50);
        var export = (await alice.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Body;
        var before = await alice.ExportAsync();
        await alice.FillAsync(20, from: 1000);

        (await alice.ImportAsync(export)).Ok();

        var after = await alice.ExportAsync();
        Assert.Equal(before.Commit.Data, after.Commit.Data);
        Assert.Equal(before.Records, after.Records);
        (await alice.CreateRecordAsync(Records.Post())).Ok();
    }

    [Fact]
    public async Task A_CAR_of_what_is_new_is_enough_where_the_rest_is_here()
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(Many).Car)).Ok();
        var had = repo.Blocks.Select(block => block.Cid).ToHashSet();

        repo.Fill(Many, from: 100_000).Rev = new Tid(repo.Rev.Bits + (1 << 20));
        (await mover.ImportAsync(ForeignRepo.Write([repo.Commit.Cid], repo.Blocks.Where(block => !had.Contains(block.Cid))))).Ok();

        Assert.Equal(repo.Records, (await mover.ExportByAsync(key)).Records);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Many)]
    public async Task Blobs_that_were_uploaded_before_become_permanent_and_those_that_come_after_are_at_once(int records)
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        var early = await mover.UploadBlobAsync("early"u8.ToArray());
        repo.Put("com.example.file/f", WithBlobs(CidOf("early"), CidOf("late")));

        (await mover.ImportAsync(repo.Fill(records).Car)).Ok();
        Assert.Equal([CidOf("late").ToString()], (await mover.MissingBlobsAsync()).Keys);
        await mover.UploadBlobAsync("late"u8.ToArray());

        Assert.Empty(await mover.MissingBlobsAsync());
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_blob", "did = @0 AND temporary_since IS NOT NULL", mover.Did.Value));
        Assert.Equal(2, (await mover.FiguresAsync()).Imported);
        Assert.Equal(CidOf("early").ToString(), early.GetProperty("ref").GetProperty("$link").GetString());
    }

    [Fact]
    public async Task Blobs_of_records_that_are_gone_are_nobodys_to_see_any_more()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        await mover.UploadBlobAsync("a file"u8.ToArray());
        (await mover.ImportAsync(repo.Fill(Many).Put("com.example.file/f", WithBlobs(CidOf("a file"))).Car)).Ok();
        Assert.Equal(1, (await mover.FiguresAsync()).Expected);

        (await mover.ImportAsync(repo.Remove("com.example.file/f").Fill(Many, from: 100_000).Car)).Ok();

        Assert.Equal(0, (await mover.FiguresAsync()).Expected);
        Assert.Equal(1, DatabaseWalk.Count(pds.Data, "repo_blob", "did = @0 AND temporary_since IS NOT NULL", mover.Did.Value));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(Many)]
    public async Task A_record_that_was_taken_down_stays_down(int changes)
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(10).Car)).Ok();
        await pds.ExecuteAsync("UPDATE repo_record SET takedown_ref = 'of the test' WHERE path = @0 AND repo_id = (SELECT id FROM repo WHERE did = @1)", ForeignRepo.PathOf(5), mover.Did.Value);

        (await mover.ImportAsync(repo.Fill(changes, from: 1000).Put(ForeignRepo.PathOf(5), ForeignRepo.Record(-5)).Car)).Ok();

        await pds.ReactivateAsync(mover.Did);
        (await mover.GetRecordAsync(ForeignRepo.Collection, "item-5")).Refused(400, "RecordNotFound");
        (await mover.GetRecordAsync(ForeignRepo.Collection, "item-6")).Ok();
    }

    [Fact]
    public async Task The_firehose_hears_nothing_of_an_account_that_is_moving_in()
    {
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);
        var (mover, repo, _) = await pds.MoveInAsync();

        (await mover.ImportAsync(repo.Fill(10).Car)).Ok();
        (await mover.ImportAsync(repo.Fill(Many, from: 100).Car)).Ok();
        var last = await pds.SignUpAsync();

        while (await firehose.NextAsync() is { } frame && frame.Did != last.Did.Value) Assert.NotEqual(mover.Did.Value, frame.Did);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Many)]
    public async Task The_firehose_hears_of_the_new_head_of_an_active_account(int records)
    {
        var alice = await pds.SignUpAsync();
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);
        var repo = new ForeignRepo(alice.Did, await KeyOfAsync(alice)).Fill(records);

        (await alice.ImportAsync(repo.Car)).Ok();

        var frame = await firehose.NextAsync();
        while (frame!.Did != alice.Did.Value) frame = await firehose.NextAsync();
        var (cid, rev) = await alice.GetLatestCommitAsync();
        Assert.Equal(("#sync", rev.ToString()), (frame.Type, frame.Body.Text("rev")));
        Assert.Equal(repo.Tree.RootCid, (await alice.ExportAsync()).Commit.Data);
        Assert.Equal(cid, (await alice.ExportAsync()).Commit.Cid);
    }

    [Fact]
    public async Task The_account_goes_on_writing_where_the_import_ended()
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(Many).Car)).Ok();
        await pds.ReactivateAsync(mover.Did);

        (await mover.CreateRecordAsync(Records.Post(), rkey: "3kzfcijpj2z2a")).Ok();
        (await mover.DeleteRecordAsync(ForeignRepo.Collection, "item-3")).Ok();

        var expected = repo.Remove(ForeignRepo.PathOf(3)).Records.Count + 1;
        Assert.Equal(expected, (await mover.ExportByAsync(key)).Records.Count);
    }

    [Fact]
    public async Task Who_had_the_repo_before_gets_all_that_is_new_since_then()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        (await mover.ImportAsync(repo.Fill(10).Car)).Ok();
        var since = (await mover.StatusAsync()).GetProperty("repoRev").GetString();

        (await mover.ImportAsync(repo.Fill(Many, from: 1000).Car)).Ok();

        var news = (await mover.GetAsync("com.atproto.sync.getRepo", new { did = mover.Did.Value, since })).Body;
        Assert.Superset(repo.Blocks.Skip(1).Select(block => block.Cid).Where(cid => !Enumerable.Range(0, 10).Any(number => ForeignRepo.Record(number).Cid == cid)).ToHashSet(),
            new BlockSet(CarReader.Read(news).Blocks).Select(block => block.Cid).ToHashSet());
    }

    [Fact]
    public async Task Takes_a_body_without_a_length_and_one_that_is_compressed()
    {
        var (mover, repo, key) = await pds.MoveInAsync();
        repo.Fill(100);

        (await mover.ImportAsync(new MemoryStream(repo.Car))).Ok();
        Assert.Equal(repo.Records, (await mover.ExportByAsync(key)).Records);

        (await ImportPackedAsync(mover, repo.Fill(10, from: 500).Car)).Ok();
        Assert.Equal(repo.Records, (await mover.ExportByAsync(key)).Records);
    }

    [Fact]
    public async Task Takes_parameters_of_the_type_and_refuses_other_types_and_empty_bodies()
    {
        var (mover, repo, _) = await pds.MoveInAsync();

        (await mover.PostAsync(Method, repo.Car, $"{CarType}; x=y")).Ok();
        Assert.Equal("Wrong request encoding (Content-Type): application/json", (await mover.PostAsync(Method, repo.Car, "application/json")).Refused(400, "InvalidRequest").Message);
        Assert.Equal("Request encoding (Content-Type) required but not provided", (await mover.PostAsync(Method, repo.Car, null)).Refused(400, "InvalidRequest").Message);
        Assert.Equal("A request body is expected but none was provided", (await mover.PostAsync(Method)).Refused(400, "InvalidRequest").Message);
        (await mover.PostAsync(Method, [], CarType)).Refused(400, "InvalidRequest");
        (await mover.ImportAsync(new MemoryStream())).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Refuses_more_than_the_operator_allows_however_it_comes()
    {
        var (mover, repo, _) = await pds.MoveInAsync();
        var padded = ForeignRepo.Write([repo.Commit.Cid], [.. repo.Blocks, .. Enumerable.Range(0, 3).Select(number => Block.Of(Padding(number)))]);
        Assert.True(padded.Length > Limited.MaxSize);

        (await mover.ImportAsync(padded)).Refused(413, "PayloadTooLarge");
        (await mover.ImportAsync(new MemoryStream(padded))).Refused(413, "PayloadTooLarge");
        (await ImportPackedAsync(mover, padded)).Refused(413, "PayloadTooLarge");
        Assert.Equal((2, 0, 0, 0), await mover.FiguresAsync());
    }

    [Fact]
    public async Task Takes_nothing_where_the_operator_accepts_none()
    {
        var closed = new Closed();
        await closed.InitializeAsync();
        var alice = await closed.SignUpAsync();

        var refusal = (await alice.ImportAsync("whatever"u8.ToArray())).Refused(400, "InvalidRequest");

        Assert.Equal("Service is not accepting repo imports", refusal.Message);
        await closed.DisposeAsync();
    }

    [Fact]
    public async Task Is_for_the_owner_in_a_session_of_his_password_alone()
    {
        var (mover, repo, _) = await pds.MoveInAsync();

        (await pds.Anyone.ImportAsync(repo.Car)).Refused(401, "AuthMissing");
        Assert.Equal("Bad token scope", (await pds.As(mover.Did, SessionScope.AppPass).ImportAsync(repo.Car)).Refused(400, "InvalidToken").Message);
        Assert.Equal("Bad token scope", (await pds.As(mover.Did, SessionScope.AppPassPrivileged).ImportAsync(repo.Car)).Refused(400, "InvalidToken").Message);
        await pds.TakeDownAsync(mover.Did);
        (await pds.As(mover.Did, SessionScope.Takendown).ImportAsync(repo.Car)).Refused(400, "InvalidToken");
        (await mover.ImportAsync(repo.Car)).Refused(401, "AccountTakedown");
    }

    private static LexObject WithBlobs(params Cid[] blobs) => new(new Dictionary<string, LexValue>
    {
        [LexObject.TypeKey] = new LexString("com.example.file"),
        ["files"] = new LexArray([.. blobs.Select(blob => new BlobRef(blob, "text/plain", 1).ToLex())]),
    });

    private static Cid CidOf(string text) => Cid.Of(CidCodec.Raw, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Padding(int seed)
    {
        var bytes = new byte[1_000_000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<XrpcAnswer> ImportPackedAsync(Actor actor, byte[] car)
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync(car);
        var content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue(CarType), ContentEncoding = { "gzip" } } };
        return await actor.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{Method}") { Content = content });
    }

    private async Task<ISigningKey> KeyOfAsync(Actor actor)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IKeyring>().GetAsync(actor.Did, CancellationToken.None);
    }
}
