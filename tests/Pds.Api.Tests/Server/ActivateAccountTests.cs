using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class ActivateAccountTests(ActivateAccountTests.WithNetwork pds) : IClassFixture<ActivateAccountTests.WithNetwork>
{
    private const string Method = "com.atproto.server.activateAccount";

    private static readonly DidKey Other = DidKey.Parse("did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N");

    /// <summary>What may have become of an identity, and what is said of it.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "no rotation key", "Server rotation key not included in PLC DID data" },
        { "no PDS", "DID document atproto_pds service endpoint does not match PDS public url" },
        { "another PDS", "DID document atproto_pds service endpoint does not match PDS public url" },
        { "no signing key", "DID document verification method does not match expected signing key" },
        { "another signing key", "DID document verification method does not match expected signing key" },
        { "ended", "Could not resolve DID" },
    };

    [Fact]
    public async Task Tells_all_that_a_relay_needs_to_know_and_everything_is_as_it_was()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post(), rkey: "3jzfcijpj2z2a")).Ok();
        var (head, rev) = await alice.GetLatestCommitAsync();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { deleteAfter = "2031-01-01T00:00:00Z" })).Ok();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answer = await alice.PostAsync(Method);

        answer.Ok();
        Assert.Empty(answer.Body);
        await CheckToldAsync(firehose, alice, head, rev);
        Assert.Equal((head, rev), await alice.GetLatestCommitAsync());
        Assert.True((await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("active").GetBoolean());
        (await alice.GetRecordAsync("app.bsky.feed.post", "3jzfcijpj2z2a")).Ok();
        (await alice.CreateRecordAsync(Records.Post())).Ok();
    }

    [Fact]
    public async Task Tells_the_same_of_an_account_that_is_active()
    {
        var alice = await pds.SignUpAsync();
        var (head, rev) = await alice.GetLatestCommitAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await alice.PostAsync(Method)).Ok();

        await CheckToldAsync(firehose, alice, head, rev);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Refuses_where_the_identity_is_not_this_servers_to_use(string fault, string message)
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        await SpoilAsync(alice.Did, fault);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        Assert.Equal(message, (await alice.PostAsync(Method)).Refused(400, "InvalidRequest").Message);

        Assert.False((await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("active").GetBoolean());
        var bob = await pds.SignUpAsync("bob");
        Assert.Equal(bob.Did.Value, (await firehose.NextAsync()).Did); // nothing was told of alice
    }

    [Fact]
    public async Task Takes_a_did_web_whose_document_is_right()
    {
        var did = Did.Parse("did:web:alice.example.com");
        var (alice, key) = await pds.HostAsync(did, "alice-web.test");
        Assert.Equal("Could not resolve DID", (await alice.PostAsync(Method)).Refused(400, "InvalidRequest").Message);

        pds.Network.Documents[did] = Document(did, key, "https://elsewhere.example.com");
        Assert.Equal("DID document atproto_pds service endpoint does not match PDS public url", (await alice.PostAsync(Method)).Refused(400, "InvalidRequest").Message);
        pds.Network.Documents[did] = Document(did, Other, pds.Url);
        Assert.Equal("DID document verification method does not match expected signing key", (await alice.PostAsync(Method)).Refused(400, "InvalidRequest").Message);
        pds.Network.Documents[did] = Document(did, key, pds.Url);
        (await alice.PostAsync(Method)).Ok();

        (await alice.CreateRecordAsync(Records.Post())).Ok();
    }

    [Fact]
    public async Task Signs_the_head_anew_where_the_account_has_another_key()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(30);
        var before = await alice.GetLatestCommitAsync();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        await pds.ReplaceKeyAsync(alice.Did);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await alice.PostAsync(Method)).Ok();

        var (head, rev) = await alice.GetLatestCommitAsync();
        Assert.True(rev > before.Rev);
        await CheckToldAsync(firehose, alice, head, rev);
        Assert.Equal(30, (await alice.ExportAsync()).Records.Count); // which checks the signature
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        Assert.Equal(31, (await alice.ExportAsync()).Records.Count);
    }

    [Fact]
    public async Task Refuses_an_account_that_is_taken_down()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await alice.PostAsync(Method)).Refused(401, "AccountTakedown");
        (await pds.As(alice.Did, SessionScope.Takendown).PostAsync(Method)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Refuses_other_credentials_than_the_accounts_own_password_and_a_body()
    {
        var alice = await pds.SignUpAsync();

        (await pds.As(alice.Did, SessionScope.AppPass).PostAsync(Method)).Refused(400, "InvalidToken");
        (await alice.Refreshing.PostAsync(Method)).Refused(400, "InvalidToken");
        (await pds.Admin.PostAsync(Method)).Refused(400, "InvalidToken");
        (await pds.Anyone.PostAsync(Method)).Refused(401, "AuthMissing");
        (await alice.PostAsync(Method, new { })).Refused(400, "InvalidRequest");
    }

    private Task SpoilAsync(Did did, string fault) => fault switch
    {
        "no rotation key" => pds.ChangeIdentityAsync(did, state => state with { RotationKeys = [Other] }),
        "no PDS" => pds.ChangeIdentityAsync(did, state => state with { Services = new Dictionary<string, PlcService>() }),
        "another PDS" => pds.ChangeIdentityAsync(did, state => state.WithPds(new Uri("https://elsewhere.example.com"))),
        "no signing key" => pds.ChangeIdentityAsync(did, state => state with { VerificationMethods = new Dictionary<string, string>() }),
        "another signing key" => pds.ChangeIdentityAsync(did, state => state.WithSigningKey(Other)),
        _ => pds.EndIdentityAsync(did),
    };

    /// <summary>Active, the handle, and the head: three events, and nothing between them.</summary>
    private static async Task CheckToldAsync(FirehoseReader firehose, Actor actor, Cid head, Tid rev)
    {
        FirehoseReader.Frame[] told = [await firehose.NextAsync(), await firehose.NextAsync(), await firehose.NextAsync()];

        Assert.All(told, frame => Assert.Equal(actor.Did.Value, frame.Did));
        Assert.Equal(["#account", "#identity", "#sync"], told.Select(frame => frame.Type));
        Assert.Equal((new LexBoolean(true), null), (told[0].Body["active"], told[0].Body["status"]));
        Assert.Equal(actor.Handle, told[1].Body.Text("handle"));
        Assert.Equal(rev.ToString(), told[2].Body.Text("rev"));
        var car = CarReader.Read(((LexBytes)told[2].Body["blocks"]!).Value);
        Assert.Equal(head, car.Header.Root);
        Assert.Equal(rev, Commit.Decode(Assert.Single(car.Blocks).Bytes).Rev);
    }

    private static DidDocument Document(Did did, DidKey key, string pdsUrl) => DidDocument.Build(
        did, [], [VerificationMethod.Multikey(did, "atproto", key.ToString()["did:key:".Length..])], [new DidService("#atproto_pds", "AtprotoPersonalDataServer", pdsUrl)]);

    public sealed class WithNetwork : PdsFixture
    {
        public FakeNetwork Network { get; } = new();

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIdentityResolver>(Network);
    }
}
