using Pds.Application.Accounts;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class RefreshIdentityTests(NetworkedPds pds) : IClassFixture<NetworkedPds>
{
    private const string Method = "com.atproto.identity.refreshIdentity";

    [Fact]
    public async Task Asks_the_network_in_any_case()
    {
        var (alice, did) = (await pds.SignUpAsync(), pds.Publish("did:web:refresh.example.com", "refresh.example.com"));
        var before = pds.Refreshed;

        var identity = (await alice.PostAsync(Method, new { identifier = "refresh.example.com" })).Ok();

        Assert.Equal((did.Value, "refresh.example.com"), (identity.GetProperty("did").GetString(), identity.GetProperty("handle").GetString()));
        Assert.Equal(did.Value, identity.GetProperty("didDoc").GetProperty("id").GetString());
        Assert.Equal(before + 2, pds.Refreshed); // the handle and the DID
    }

    [Fact]
    public async Task Says_what_was_not_found()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.EndIdentityAsync(bob.Did);

        (await alice.PostAsync(Method, new { identifier = "nobody.example.com" })).Refused(400, "HandleNotFound");
        (await alice.PostAsync(Method, new { identifier = "did:web:nobody.example.com" })).Refused(400, "DidNotFound");
        (await alice.PostAsync(Method, new { identifier = bob.Did.Value })).Refused(400, "DidDeactivated");
        (await alice.PostAsync(Method, new { identifier = "not a name" })).Refused(400, "InvalidRequest");
        (await alice.PostAsync(Method, new { })).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Is_for_accounts()
    {
        var alice = await pds.SignUpAsync();
        var body = new { identifier = alice.Handle };

        (await pds.Anyone.PostAsync(Method, body)).Refused(401, "AuthMissing");
        (await alice.Refreshing.PostAsync(Method, body)).Refused(400, "InvalidToken");
        (await pds.InSession(alice, SessionScope.AppPass).PostAsync(Method, body)).Ok();
    }
}
