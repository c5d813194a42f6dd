using System.Text.Json;
using Pds.Api.Tests.Identity;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

/// <summary><c>createAccount</c> with an identity that exists already.</summary>
public sealed class MovingInTests(NetworkedPds pds) : IClassFixture<NetworkedPds>
{
    [Fact]
    public async Task Answers_with_a_session_of_a_deactivated_account_and_tells_nobody()
    {
        var stranger = await Stranger.PublishAsync(pds);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answer = await pds.CreateAccountAsync(stranger.Token(MovingIn.Method), stranger.Did, "mover.test");

        var created = answer.Ok();
        Assert.Equal(["accessJwt", "did", "didDoc", "handle", "refreshJwt"], created.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal((stranger.Did.Value, "mover.test"), (created.GetProperty("did").GetString(), created.GetProperty("handle").GetString()));
        Assert.Equal(stranger.Key.PublicKey, DidDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(created.GetProperty("didDoc"))).SigningKey); // as it still is
        var mover = new Actor(pds.Url, created, "");
        var session = (await mover.GetAsync("com.atproto.server.getSession")).Ok();
        Assert.Equal((false, "deactivated"), (session.GetProperty("active").GetBoolean(), session.GetProperty("status").GetString()));
        var bob = await pds.SignUpAsync("bob");
        Assert.Equal(bob.Did.Value, (await firehose.NextAsync()).Did); // nothing before it
    }

    [Fact]
    public async Task Publishes_nothing_and_has_an_empty_repo_and_a_key_of_its_own()
    {
        var stranger = await Stranger.PublishAsync(pds);

        var mover = await pds.TakeInAsync(stranger, "keys.test");

        Assert.Single((await pds.LogOfAsync(stranger.Did)).Entries);
        var recommended = (await mover.GetAsync("com.atproto.identity.getRecommendedDidCredentials")).Ok();
        var key = recommended.GetProperty("verificationMethods").GetProperty("atproto").GetString();
        Assert.NotEqual(stranger.Key.PublicKey.ToString(), key);
        Assert.Equal(["at://keys.test"], recommended.GetProperty("alsoKnownAs").EnumerateArray().Select(alias => alias.GetString()));
        var status = (await mover.GetAsync("com.atproto.server.checkAccountStatus")).Ok();
        Assert.Equal((false, false, 0), (status.GetProperty("activated").GetBoolean(), status.GetProperty("validDid").GetBoolean(), status.GetProperty("indexedRecords").GetInt32()));
        (await mover.CreateRecordAsync(Records.Post())).Refused(401, "AccountDeactivated");
    }

    [Fact]
    public async Task Signs_with_the_key_that_was_reserved_for_it()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var reserved = await ReserveAsync(stranger.Did);

        var mover = await pds.TakeInAsync(stranger, "reserved.test");

        var recommended = (await mover.GetAsync("com.atproto.identity.getRecommendedDidCredentials")).Ok();
        Assert.Equal(reserved, recommended.GetProperty("verificationMethods").GetProperty("atproto").GetString());
        Assert.NotEqual(reserved, await ReserveAsync(stranger.Did)); // that one is in use
    }

    [Fact]
    public async Task Goes_live_once_the_identity_names_this_server()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var mover = await pds.TakeInAsync(stranger, "live.test");
        Assert.Equal(
            "Server rotation key not included in PLC DID data",
            (await mover.PostAsync("com.atproto.server.activateAccount")).Refused(400, "InvalidRequest").Message);
        await stranger.MoveAsync(await RecommendedAsync(mover));
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await mover.PostAsync("com.atproto.server.activateAccount")).Ok();

        var told = await firehose.NextAsync(3, mover.Did.Value);
        Assert.Equal(["#account", "#identity", "#sync"], told.Select(frame => frame.Type));
        Assert.Equal("live.test", told[1].Body.Text("handle"));
        (await mover.CreateRecordAsync(Records.Post())).Ok();
        Assert.Single((await mover.ExportAsync()).Records); // signed by the key in the document
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("active")]
    [InlineData("takendown")]
    public async Task Refuses_an_identity_that_has_an_account_here_in_whatever_state(string state)
    {
        var stranger = await Stranger.PublishAsync(pds);
        var mover = await pds.TakeInAsync(stranger, $"{state}.test");
        if (state == "takendown") await pds.TakeDownAsync(mover.Did);
        if (state == "active") await pds.ExecuteAsync("UPDATE account SET deactivated_at = NULL WHERE did = @0", mover.Did.Value);

        var again = await pds.CreateAccountAsync(stranger.Token(MovingIn.Method), stranger.Did, $"{state}2.test");

        Assert.Equal("Repo already exists", again.Refused(400, "AlreadyExists").Message);
        (await pds.CreateAccountAsync(stranger.Token(MovingIn.Method), stranger.Did, $"{state}.test")).Refused(400, "AlreadyExists");
        Assert.Single((await pds.LogOfAsync(stranger.Did)).Entries); // not ended either
    }

    [Fact]
    public async Task Twice_at_once_makes_one_account()
    {
        var stranger = await Stranger.PublishAsync(pds);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => pds.CreateAccountAsync(stranger.Token(MovingIn.Method), stranger.Did, $"twice{n}.test")));

        Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => answer.Refused(400, "AlreadyExists"));
    }

    [Fact]
    public async Task Counts_the_invite_code_once_and_a_failed_attempt_none()
    {
        var stranger = await Stranger.PublishAsync(pds);
        await pds.InviteAsync("for-a-mover");
        (await pds.CreateAccountAsync(stranger.Token(MovingIn.Method), stranger.Did, "admin.test", "for-a-mover")).Refused(400, "HandleNotAvailable");
        Assert.Equal(0, await pds.CountUsesAsync("for-a-mover"));

        (await pds.CreateAccountAsync(stranger.Token(MovingIn.Method), stranger.Did, "invited.test", "for-a-mover")).Ok();

        Assert.Equal(1, await pds.CountUsesAsync("for-a-mover"));
    }

    [Fact]
    public async Task Takes_a_handle_of_another_domain_that_says_whose_it_is()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var token = stranger.Token(MovingIn.Method);
        const string Message = "External handle did not resolve to DID";

        Assert.Equal(Message, (await pds.CreateAccountAsync(token, stranger.Did, "mover.example.com")).Refused(400, "InvalidRequest").Message);
        pds.Network.Handles[Handle.Parse("mover.example.com")] = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
        Assert.Equal(Message, (await pds.CreateAccountAsync(token, stranger.Did, "mover.example.com")).Refused(400, "InvalidRequest").Message);
        (await pds.CreateAccountAsync(token, stranger.Did, "mover.onion")).Refused(400, "InvalidHandle");

        pds.Network.Handles[Handle.Parse("mover.example.com")] = stranger.Did;
        (await pds.CreateAccountAsync(token, stranger.Did, "mover.example.com")).Ok();
    }

    [Fact]
    public async Task Refuses_a_handle_or_an_address_that_is_taken()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var alice = await pds.SignUpAsync();

        var refusal = await pds.CreateAccountAsync(stranger.Token(MovingIn.Method), stranger.Did, alice.Handle);

        Assert.Equal($"Handle already taken: {alice.Handle}", refusal.Refused(400, "InvalidRequest").Message);
        Assert.DoesNotContain(
            (await pds.Anyone.GetAsync("com.atproto.sync.listRepos", new { limit = 1000 })).Ok().GetProperty("repos").EnumerateArray(),
            repo => repo.GetProperty("did").GetString() == stranger.Did.Value);
    }

    [Fact]
    public async Task Takes_in_a_did_web_whose_document_its_owner_keeps()
    {
        var did = Did.Parse("did:web:owner.example.com");
        var key = Stranger.NewKey(pds.Services);
        pds.Network.Documents[did] = Document(did, key.PublicKey.ToString(), "https://elsewhere.example.com");
        pds.Network.Handles[Handle.Parse("owner.example.com")] = did;
        var claims = (await Stranger.PublishAsync(pds)).Claims(MovingIn.Method).With("iss", did.Value);

        var mover = new Actor(pds.Url, (await pds.CreateAccountAsync(claims.Sign(key), did, "owner.example.com")).Ok(), "");

        var recommended = (await mover.GetAsync("com.atproto.identity.getRecommendedDidCredentials")).Ok();
        Assert.False(recommended.TryGetProperty("rotationKeys", out _));
        foreach (var method in new[] { "requestPlcOperationSignature", "signPlcOperation", "submitPlcOperation" })
        {
            object? body = method switch { "signPlcOperation" => new { }, "submitPlcOperation" => new { operation = new { } }, _ => null };
            var refusal = (await mover.PostAsync($"com.atproto.identity.{method}", body)).Refused(400, "InvalidRequest");
            Assert.Contains("did:web", refusal.Message, StringComparison.Ordinal);
        }

        (await mover.PostAsync("com.atproto.server.activateAccount")).Refused(400, "InvalidRequest");
        pds.Network.Documents[did] = Document(did, recommended.GetProperty("verificationMethods").GetProperty("atproto").GetString()!, pds.Url);
        (await mover.PostAsync("com.atproto.server.activateAccount")).Ok();
        (await mover.CreateRecordAsync(Records.Post())).Ok();
    }

    private async Task<string> ReserveAsync(Did did) =>
        (await pds.Anyone.PostAsync("com.atproto.server.reserveSigningKey", new { did = did.Value })).Ok().GetProperty("signingKey").GetString()!;

    private static async Task<PlcState> RecommendedAsync(Actor mover)
    {
        var fields = (await mover.GetAsync("com.atproto.identity.getRecommendedDidCredentials")).Ok();
        return PlcData.FromLex(Domain.Data.DagJson.Parse(JsonSerializer.SerializeToUtf8Bytes(
            fields.EnumerateObject().ToDictionary(field => field.Name, field => (object)field.Value).Append(new("did", mover.Did.Value)).ToDictionary()))).State;
    }

    private static DidDocument Document(Did did, string didKey, string pdsUrl) => DidDocument.Build(
        did, [$"at://{did.Identifier}"], [VerificationMethod.Multikey(did, "atproto", didKey["did:key:".Length..])],
        [new DidService("#atproto_pds", "AtprotoPersonalDataServer", pdsUrl)]);
}
