using System.Text.Json;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class ResolveIdentityTests(NetworkedPds pds) : IClassFixture<NetworkedPds>
{
    private const string Method = "com.atproto.identity.resolveIdentity";

    [Fact]
    public async Task Finds_its_own_accounts_by_either_name()
    {
        var alice = await pds.SignUpAsync();

        Check((await ResolveAsync(alice.Handle.ToUpperInvariant())).Ok(), alice.Did, alice.Handle);
        Check((await ResolveAsync(alice.Did.Value)).Ok(), alice.Did, alice.Handle);
    }

    [Fact]
    public async Task Finds_others_by_either_name()
    {
        var did = pds.Publish("did:web:bob.example.com", "bob.example.com");

        Check((await ResolveAsync("bob.example.com")).Ok(), did, "bob.example.com");
        Check((await ResolveAsync(did.Value)).Ok(), did, "bob.example.com");
    }

    [Fact]
    public async Task A_handle_that_does_not_lead_back_is_not_confirmed()
    {
        var (did, thief) = (pds.Publish("did:web:carol.example.com", "carol.example.com"), pds.Publish("did:web:thief.example.com", "thief.example.com"));
        pds.Network.Handles[Handle.Parse("carol.example.com")] = thief;

        Check((await ResolveAsync(did.Value)).Ok(), did, "handle.invalid");
        Check((await ResolveAsync("carol.example.com")).Ok(), thief, "thief.example.com"); // what that one's document says
        pds.Network.Handles.Remove(Handle.Parse("carol.example.com"));
        Check((await ResolveAsync(did.Value)).Ok(), did, "handle.invalid");
    }

    [Fact]
    public async Task An_account_that_is_out_of_circulation_is_found_by_its_DID_alone()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        Check((await ResolveAsync(alice.Did.Value)).Ok(), alice.Did, "handle.invalid");
        (await ResolveAsync(alice.Handle)).Refused(400, "HandleNotFound");
    }

    [Fact]
    public async Task Says_what_was_not_found()
    {
        pds.Network.Handles[Handle.Parse("ghost.example.com")] = Did.Parse("did:web:ghost.example.com");
        var alice = await pds.SignUpAsync();
        await pds.EndIdentityAsync(alice.Did);

        (await ResolveAsync("nobody.test")).Refused(400, "HandleNotFound");
        (await ResolveAsync("nobody.example.com")).Refused(400, "HandleNotFound");
        (await ResolveAsync("ghost.example.com")).Refused(400, "DidNotFound");
        (await ResolveAsync(alice.Handle)).Refused(400, "DidDeactivated");
        (await ResolveAsync("not a name")).Refused(400, "InvalidRequest");
    }

    private static void Check(JsonElement identity, Did did, string handle)
    {
        Assert.Equal((did.Value, handle), (identity.GetProperty("did").GetString(), identity.GetProperty("handle").GetString()));
        Assert.Equal(did.Value, identity.GetProperty("didDoc").GetProperty("id").GetString());
    }

    private Task<XrpcAnswer> ResolveAsync(string identifier) => pds.Anyone.GetAsync(Method, new { identifier });
}
