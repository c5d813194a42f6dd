using System.Text.Json;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

/// <summary>Accounts whose DID is a name of this server's own: who keeps the document, and what becomes of it.</summary>
public sealed class HostedDidWebTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Its_document_is_served_at_its_own_host_and_says_what_the_account_needs()
    {
        var alice = await pds.SignUpAsDidWebAsync("webalice.test");

        var document = (await DocumentAtAsync("webalice.test"))!;

        Assert.Equal("did:web:webalice.test", alice.Did.Value);
        Assert.Equal(alice.Did, document.Id);
        Assert.Equal(["at://webalice.test"], document.AlsoKnownAs);
        Assert.Equal(new Uri(pds.Url), document.PdsEndpoint);
        Assert.Equal(document.Json.ToArray(), JsonSerializer.SerializeToUtf8Bytes(alice.Session.GetProperty("didDoc")));
        Assert.Equal(document.SigningKey, (await DocumentAtAsync("WEBALICE.test"))!.SigningKey);
        Assert.Equal(alice.Did.Value, await DidAtAsync("webalice.test"));
        Assert.Equal("did:web:localhost", (await DocumentAtAsync("localhost"))!.Id.Value); // the service's own
        Assert.Equal("did:web:localhost", (await DocumentAtAsync("pds.example.com"))!.Id.Value);
        Assert.Null(await DocumentAtAsync("nobody-here.test"));
        Assert.Null(await DocumentAtAsync((await pds.SignUpAsync()).Handle)); // that one's is in the directory
    }

    [Fact]
    public async Task It_is_an_account_like_any_other()
    {
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        var alice = await pds.SignUpAsDidWebAsync("likeany.test");

        var told = await firehose.NextAsync(4, alice.Did.Value);
        Assert.Equal(["#identity", "#account", "#commit", "#sync"], told.Select(frame => frame.Type));
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        Assert.Single((await alice.ExportAsync()).Records); // which resolves the document for its key
        Assert.True((await alice.GetAsync("com.atproto.repo.describeRepo", new { repo = "likeany.test" })).Ok().GetProperty("handleIsCorrect").GetBoolean());
        var identity = (await pds.Anyone.GetAsync("com.atproto.identity.resolveIdentity", new { identifier = "likeany.test" })).Ok();
        Assert.Equal(("likeany.test", alice.Did.Value), (identity.GetProperty("handle").GetString(), identity.GetProperty("did").GetString()));
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        (await alice.PostAsync("com.atproto.server.activateAccount")).Ok();
    }

    [Fact]
    public async Task It_is_given_only_with_its_own_name_as_the_handle()
    {
        var refusal = await SignUpAsync("did:web:onename.test", "another.test");

        Assert.Equal("The account of did:web:onename.test begins with the handle onename.test", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("did:web:someone.example.com", "someone.test")]
    [InlineData("did:web:Upper.test", "upper.test")]
    [InlineData("did:web:port.test%3A8080", "port.test")]
    [InlineData("did:web:path.test:alice", "path.test")]
    [InlineData("did:web:localhost", "localhost.test")]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz", "plc.test")]
    public async Task Any_other_identity_takes_a_token_of_its_own(string did, string handle) =>
        Assert.Equal($"Missing auth to create account with did: {did}", (await SignUpAsync(did, handle)).Refused(401, "AuthenticationRequired").Message);

    [Theory]
    [InlineData("admin.test", "HandleNotAvailable")]
    [InlineData("ab.test", "InvalidHandle")]
    [InlineData("dotted.name.test", "InvalidHandle")]
    public async Task It_is_not_given_where_the_handle_is_not(string handle, string error) =>
        (await SignUpAsync($"did:web:{handle}", handle)).Refused(400, error);

    [Fact]
    public async Task It_is_not_given_where_somebody_has_the_handle()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal($"Handle already taken: {alice.Handle}", (await SignUpAsync($"did:web:{alice.Handle}", alice.Handle)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Its_document_follows_its_handle_and_nobody_else_gets_its_name()
    {
        var alice = await pds.SignUpAsDidWebAsync("firstname.test");
        var bob = await pds.SignUpAsync("bob");

        (await alice.PostAsync("com.atproto.identity.updateHandle", new { handle = "secondname.test" })).Ok();

        Assert.Equal(["at://secondname.test"], (await DocumentAtAsync("firstname.test"))!.AlsoKnownAs);
        Assert.Null(await DidAtAsync("firstname.test"));
        Assert.Equal(alice.Did.Value, await DidAtAsync("secondname.test"));
        Assert.Null(await DocumentAtAsync("secondname.test"));
        (await bob.PostAsync("com.atproto.identity.updateHandle", new { handle = "firstname.test" })).Refused(400, "HandleNotAvailable");
        (await SignUpAsync(did: null, "firstname.test")).Refused(400, "HandleNotAvailable");
        (await pds.Admin.PostAsync("com.atproto.admin.updateAccountHandle", new { did = bob.Did.Value, handle = "firstname.test" })).Refused(400, "HandleNotAvailable");
        Assert.EndsWith("#resultUnavailable", await AvailabilityOfAsync("firstname.test"), StringComparison.Ordinal);
        (await alice.PostAsync("com.atproto.identity.updateHandle", new { handle = "firstname.test" })).Ok(); // its own, again
        Assert.Equal(alice.Did.Value, await DidAtAsync("firstname.test"));
    }

    [Fact]
    public async Task Its_document_follows_its_key()
    {
        var alice = await pds.SignUpAsDidWebAsync("rotating.test");
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        var before = (await DocumentAtAsync("rotating.test"))!.SigningKey;
        var key = (await pds.Anyone.PostAsync("com.atproto.server.reserveSigningKey", new { did = alice.Did.Value })).Ok().GetProperty("signingKey").GetString()!;

        (await pds.Admin.PostAsync("com.atproto.admin.updateAccountSigningKey", new { did = alice.Did.Value, signingKey = key })).Ok();

        Assert.NotEqual(before, DidKey.Parse(key));
        Assert.Equal(DidKey.Parse(key), (await DocumentAtAsync("rotating.test"))!.SigningKey);
        Assert.Single((await alice.ExportAsync()).Records);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("takendown")]
    public async Task Its_document_stays_while_the_account_is_out_of_circulation(string state)
    {
        var alice = await pds.SignUpAsDidWebAsync($"out-{state}.test");
        await (state == "takendown" ? pds.TakeDownAsync(alice.Did) : pds.DeactivateAsync(alice.Did));

        Assert.Equal(alice.Did, (await DocumentAtAsync($"out-{state}.test"))!.Id); // or it could not prove itself to the server that it leaves for
        Assert.Null(await DidAtAsync($"out-{state}.test"));
    }

    [Fact]
    public async Task Its_document_goes_with_the_account_and_its_name_is_never_given_out_again()
    {
        var alice = await pds.SignUpAsDidWebAsync("onlyonce.test");
        var bob = await pds.SignUpAsync("bob");

        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        Assert.Null(await DocumentAtAsync("onlyonce.test"));
        Assert.Null(await DidAtAsync("onlyonce.test"));
        (await SignUpAsync("did:web:onlyonce.test", "onlyonce.test")).Refused(400, "HandleNotAvailable");
        (await SignUpAsync(did: null, "onlyonce.test")).Refused(400, "HandleNotAvailable");
        (await bob.PostAsync("com.atproto.identity.updateHandle", new { handle = "onlyonce.test" })).Refused(400, "HandleNotAvailable");
        Assert.EndsWith("#resultUnavailable", await AvailabilityOfAsync("onlyonce.test"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_no_rotation_keys_and_no_operations()
    {
        var alice = await pds.SignUpAsDidWebAsync("norotation.test");

        var recommended = (await alice.GetAsync("com.atproto.identity.getRecommendedDidCredentials")).Ok();

        Assert.False(recommended.TryGetProperty("rotationKeys", out _));
        Assert.Contains("did:web", (await alice.PostAsync("com.atproto.identity.requestPlcOperationSignature")).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        Assert.Contains(
            "recovery key",
            (await pds.Anyone.PostAsync(MovingIn.Method, new { handle = "recover.test", email = "recover@example.com", password = "password", did = "did:web:recover.test", recoveryKey = "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N" })).Refused(400, "InvalidRequest").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_want_one_name_at_once_get_one_account_whichever_DID_they_ask_for()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => SignUpAsync(n % 2 == 0 ? "did:web:wanted.test" : null, "wanted.test", $"wanted{n}@example.com")));

        Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => Assert.Equal(400, (int)answer.Status));
    }

    private Task<XrpcAnswer> SignUpAsync(string? did, string handle, string? email = null)
    {
        email ??= $"{handle}@example.com";
        return pds.Anyone.PostAsync(MovingIn.Method, did is null ? new { handle, email, password = "password" } : new { handle, email, password = "password", did });
    }

    private async Task<string> AvailabilityOfAsync(string handle) =>
        (await pds.Anyone.GetAsync("com.atproto.temp.checkHandleAvailability", new { handle })).Ok().GetProperty("result").GetProperty("$type").GetString()!;

    private async Task<DidDocument?> DocumentAtAsync(string host) => await AskAsync(host, "did.json") is { } answer ? DidDocument.Parse(answer.Body) : null;

    private async Task<string?> DidAtAsync(string host) => (await AskAsync(host, "atproto-did"))?.Text;

    private async Task<XrpcAnswer?> AskAsync(string host, string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/.well-known/{document}");
        request.Headers.Host = host;
        var answer = await pds.Anyone.SendAsync(request);
        return (int)answer.Status == 404 ? null : answer;
    }
}
