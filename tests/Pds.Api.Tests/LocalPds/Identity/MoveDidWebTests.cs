using Pds.Application.Accounts;
using Pds.Domain.Identity;
using Pds.TestKit;

namespace Pds.Api.Tests.LocalPds.Identity;

public sealed class MoveDidWebTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "local.pds.identity.moveDidWeb";
    private const string Elsewhere = "https://elsewhere.example.com";
    private const string Key = "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N";

    [Fact]
    public async Task The_document_names_the_other_server_and_outlives_the_account_here()
    {
        var alice = await pds.SignUpAsDidWebAsync("leaver.test");
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await alice.PostAsync(Method, new { proof = alice.Password, pds = Elsewhere, signingKey = Key })).Ok();

        Assert.Equal(("#identity", alice.Did.Value), ((await firehose.NextAsync()) is var told ? (told.Type, told.Did) : default));
        await CheckAsync();
        Assert.Equal(
            "DID document atproto_pds service endpoint does not match PDS public url",
            (await alice.PostAsync("com.atproto.server.activateAccount")).Refused(400, "InvalidRequest").Message);
        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();
        await CheckAsync();
        (await pds.Anyone.PostAsync(MovingIn.Method, new { handle = "leaver.test", email = "leaver2@example.com", password = "password" })).Refused(400, "HandleNotAvailable");

        async Task CheckAsync()
        {
            var document = DidDocument.Parse((await AskAsync("leaver.test", "did.json")).Body);
            Assert.Equal((new Uri(Elsewhere), Key), (document.PdsEndpoint, document.SigningKey!.ToString()));
            Assert.Equal(["at://leaver.test"], document.AlsoKnownAs);
        }
    }

    [Fact]
    public async Task The_name_goes_on_being_its_handle()
    {
        var alice = await pds.SignUpAsDidWebAsync("keeper.test");
        (await alice.PostAsync(Method, new { proof = alice.Password, pds = Elsewhere, signingKey = Key })).Ok();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        Assert.Equal(alice.Did.Value, (await AskAsync("keeper.test", "atproto-did")).Text);
        Assert.Equal(alice.Did.Value, (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = "keeper.test" })).Ok().GetProperty("did").GetString());

        (await alice.PostAsync(Method, new { proof = alice.Password, pds = Elsewhere, signingKey = Key, handle = "keeper.example.com" })).Ok();

        Assert.Equal(404, (int)(await AskAsync("keeper.test", "atproto-did")).Status);
        Assert.Equal(["at://keeper.example.com"], DidDocument.Parse((await AskAsync("keeper.test", "did.json")).Body).AlsoKnownAs);
    }

    [Fact]
    public async Task Who_has_moved_may_come_back()
    {
        var alice = await pds.SignUpAsDidWebAsync("returner.test");
        var key = Stranger.NewKey(pds.Services);
        (await alice.PostAsync(Method, new { proof = alice.Password, pds = Elsewhere, signingKey = key.PublicKey.ToString() })).Ok();
        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();
        var token = (await Stranger.PublishAsync(pds)).Claims(MovingIn.Method).With("iss", alice.Did.Value).Sign(key);

        var back = new Actor(pds.Url, (await pds.CreateAccountAsync(token, alice.Did, "returner.test")).Ok(), "password of returner.test");
        (await back.PostAsync("com.atproto.server.activateAccount")).Refused(400, "InvalidRequest");
        (await back.PostAsync(Method, new { proof = back.Password })).Ok();
        (await back.PostAsync("com.atproto.server.activateAccount")).Ok();

        Assert.Equal(new Uri(pds.Url), DidDocument.Parse((await AskAsync("returner.test", "did.json")).Body).PdsEndpoint);
        (await back.CreateRecordAsync(Records.Post())).Ok();
    }

    [Theory]
    [InlineData("http://elsewhere.example.com/path", Key)]
    [InlineData("https://elsewhere.example.com/path", Key)]
    [InlineData("https://user@elsewhere.example.com", Key)]
    [InlineData("https://elsewhere.example.com#x", Key)]
    [InlineData("ftp://elsewhere.example.com", Key)]
    [InlineData("elsewhere", Key)]
    [InlineData("", Key)]
    [InlineData(Elsewhere, null)]
    [InlineData(null, Key)]
    [InlineData(Elsewhere, "did:key:zzz")]
    public async Task Refuses_what_no_document_can_say(string? url, string? signingKey)
    {
        var alice = await pds.SignUpAsDidWebAsync($"refused{Math.Abs(HashCode.Combine(url, signingKey)) % 1_000_000}.test");
        Dictionary<string, object> body = new() { ["proof"] = alice.Password };
        if (url is not null) body["pds"] = url;
        if (signingKey is not null) body["signingKey"] = signingKey;

        (await alice.PostAsync(Method, body)).Refused(400, "InvalidRequest");

        Assert.Equal(new Uri(pds.Url), DidDocument.Parse((await AskAsync(alice.Handle, "did.json")).Body).PdsEndpoint);
    }

    [Fact]
    public async Task Refuses_this_server_as_the_other_one()
    {
        var alice = await pds.SignUpAsDidWebAsync("nowhere.test");

        (await alice.PostAsync(Method, new { proof = alice.Password, pds = pds.Url, signingKey = Key })).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Is_for_the_owner_of_such_an_identity_alone()
    {
        var (alice, bob) = (await pds.SignUpAsDidWebAsync("holder.test"), await pds.SignUpAsync("bob"));
        object Body(string proof) => new { proof, pds = Elsewhere, signingKey = Key };

        Assert.Equal($"The document of {bob.Did} is not kept by this server", (await bob.PostAsync(Method, Body(bob.Password))).Refused(400, "InvalidRequest").Message);
        (await alice.PostAsync(Method, Body("not it"))).Refused(401, "AuthenticationRequired");
        (await pds.As(alice.Did, SessionScope.AppPassPrivileged).PostAsync(Method, Body(alice.Password))).Refused(400, "InvalidToken");
        (await pds.Anyone.PostAsync(Method, Body(alice.Password))).Refused(401, "AuthMissing");
        Assert.Equal(new Uri(pds.Url), DidDocument.Parse((await AskAsync("holder.test", "did.json")).Body).PdsEndpoint);
    }

    private async Task<XrpcAnswer> AskAsync(string host, string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/.well-known/{document}");
        request.Headers.Host = host;
        return await pds.Anyone.SendAsync(request);
    }
}
