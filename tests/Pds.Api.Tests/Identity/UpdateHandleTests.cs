using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class UpdateHandleTests(UpdateHandleTests.WithNetwork pds) : IClassFixture<UpdateHandleTests.WithNetwork>
{
    private const string Method = "com.atproto.identity.updateHandle";
    private static int _names;

    [Fact]
    public async Task Changes_the_DID_document_the_account_and_tells_the_firehose()
    {
        var (alice, handle) = (await pds.SignUpAsync(), NewName());
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await alice.PostAsync(Method, new { handle })).Ok();

        var described = (await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = handle })).Ok();
        Assert.Equal((handle, true), (described.GetProperty("handle").GetString(), described.GetProperty("handleIsCorrect").GetBoolean()));
        Assert.Equal([$"at://{handle}"], described.GetProperty("didDoc").GetProperty("alsoKnownAs").EnumerateArray().Select(alias => alias.GetString()));
        Assert.Equal(handle, (await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("handle").GetString());
        var told = await firehose.NextAsync();
        Assert.Equal(("#identity", alice.Did.Value, handle), (told.Type, told.Did, told.Body.Text("handle")));
    }

    [Fact]
    public async Task The_old_handle_is_free_at_once()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));

        (await alice.PostAsync(Method, new { handle = NewName() })).Ok();
        (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = alice.Handle })).Refused(400, "HandleNotFound");
        (await bob.PostAsync(Method, new { handle = alice.Handle })).Ok();

        Assert.Equal(bob.Did.Value, (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = alice.Handle })).Ok().GetProperty("did").GetString());
    }

    [Fact]
    public async Task The_same_handle_again_tells_the_network_to_look_anew_and_publishes_nothing()
    {
        var alice = await pds.SignUpAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await alice.PostAsync(Method, new { handle = alice.Handle })).Ok();
        (await alice.PostAsync(Method, new { handle = alice.Handle.ToUpperInvariant() })).Ok();

        Assert.Single((await LogAsync(alice.Did)).Entries);
        Assert.All(await firehose.NextAsync(2, alice.Did.Value), told => Assert.Equal(("#identity", alice.Handle), (told.Type, told.Body.Text("handle"))));
    }

    [Fact]
    public async Task Other_aliases_and_keys_of_the_identity_stay()
    {
        var alice = await pds.SignUpAsync();
        var before = (await LogAsync(alice.Did)).Data!.State;

        (await alice.PostAsync(Method, new { handle = NewName() })).Ok();

        var after = (await LogAsync(alice.Did)).Data!.State;
        Assert.Equal(before.WithHandle(Handle.Parse(after.AlsoKnownAs[0][5..])), after);
    }

    [Theory]
    [InlineData("ab.test", "InvalidHandle", "Handle too short")]
    [InlineData("a.b.test", "InvalidHandle", "Invalid characters in handle")]
    [InlineData("abcdefghijklmnopqrstu.test", "InvalidHandle", "Handle too long")]
    [InlineData("foo.example", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("handle.invalid", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("admin.test", "HandleNotAvailable", "Reserved handle")]
    [InlineData("nobody.example.com", "InvalidRequest", "External handle did not resolve to DID")]
    [InlineData("elsewhere.example.com", "InvalidRequest", "External handle did not resolve to DID")]
    public async Task Refuses_handles_that_nobody_may_have(string handle, string error, string message)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(message, (await alice.PostAsync(Method, new { handle })).Refused(400, error).Message);
        await HasChangedNothingAsync(alice);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-bad.test")]
    [InlineData("")]
    public async Task Refuses_what_is_no_handle(string handle)
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, new { handle })).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Refuses_a_handle_that_somebody_has()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(bob.Did);

        var refusal = (await alice.PostAsync(Method, new { handle = bob.Handle.ToUpperInvariant() })).Refused(400, "HandleNotAvailable");

        Assert.Equal($"Handle already taken: {bob.Handle}", refusal.Message);
        await HasChangedNothingAsync(alice);
    }

    [Fact]
    public async Task A_domain_of_ones_own_must_say_so_and_is_asked_now()
    {
        var (alice, handle) = (await pds.SignUpAsync(), Handle.Parse($"alice{Interlocked.Increment(ref _names)}.example.com"));
        (await alice.PostAsync(Method, new { handle = handle.Value })).Refused(400, "InvalidRequest");

        pds.Handles[handle] = alice.Did;
        (await alice.PostAsync(Method, new { handle = handle.Value })).Ok();

        Assert.True((await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Did.Value })).Ok().GetProperty("handleIsCorrect").GetBoolean());
    }

    [Fact]
    public async Task A_did_web_must_name_the_handle_in_its_own_document()
    {
        var (alice, handle) = (await pds.SignUpAsync(), NewName());
        var did = Did.Parse($"did:web:{handle}.example.com");
        await pds.ExecuteAsync("UPDATE account SET did = @0 WHERE did = @1", did.Value, alice.Did.Value);
        var web = new XrpcClient(pds.Url) { Authorization = $"Bearer {Jwt.Read(alice.AccessJwt).With("sub", did.Value).Sign(WithNetwork.Secret)}" };

        Assert.Equal("DID is not properly configured for handle", (await web.PostAsync(Method, new { handle })).Refused(400, "InvalidRequest").Message);
        pds.Documents[did] = DidDocument.Build(did, [$"at://{handle}"], [], []);
        (await web.PostAsync(Method, new { handle })).Ok();

        Assert.Equal(handle, (await web.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("handle").GetString());
    }

    [Fact]
    public async Task Of_many_who_claim_one_handle_at_once_one_gets_it_and_the_others_publish_nothing()
    {
        var handle = NewName();
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => pds.SignUpAsync("racer")));

        var claims = people.Select(person => person.PostAsync(Method, new { handle }))
            .Append(pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email = $"{handle}@example.com", password = "password" }));
        var answers = await Task.WhenAll(claims);

        Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => Assert.Equal($"Handle already taken: {handle}", answer.Message));
        var logs = await Task.WhenAll(people.Select(person => LogAsync(person.Did)));
        Assert.True(logs.Sum(log => log.Entries.Count) <= people.Length + 1);
    }

    [Fact]
    public async Task Changes_of_one_account_at_once_leave_document_and_account_in_agreement()
    {
        var alice = await pds.SignUpAsync();

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => alice.PostAsync(Method, new { handle = NewName() })))) answer.Ok();

        Assert.True((await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = alice.Did.Value })).Ok().GetProperty("handleIsCorrect").GetBoolean());
    }

    [Fact]
    public async Task Changes_nothing_while_the_directory_is_down()
    {
        var (alice, handle) = (await pds.SignUpAsync(), NewName());
        pds.DirectoryFailure = XrpcException.UpstreamFailure("The PLC directory cannot be reached");
        try
        {
            (await alice.PostAsync(Method, new { handle })).Refused(502, "UpstreamFailure");
        }
        finally
        {
            pds.DirectoryFailure = null;
        }

        await HasChangedNothingAsync(alice);
        (await alice.PostAsync(Method, new { handle })).Ok();
    }

    [Fact]
    public async Task Says_why_the_directory_refuses()
    {
        var alice = await pds.SignUpAsync();
        pds.DirectoryFailure = new PlcException("Too many operations within last hour (max 10)");
        try
        {
            var refusal = (await alice.PostAsync(Method, new { handle = NewName() })).Refused(400, "InvalidRequest");
            Assert.Equal("The PLC directory refuses the change: Too many operations within last hour (max 10)", refusal.Message);
        }
        finally
        {
            pds.DirectoryFailure = null;
        }

        await HasChangedNothingAsync(alice);
    }

    [Fact]
    public async Task Is_finished_by_sending_it_again_where_the_directory_was_told_and_the_account_was_not_saved()
    {
        var (alice, handle) = (await pds.SignUpAsync(), NewName());
        pds.FailingSaves = 1;
        (await alice.PostAsync(Method, new { handle })).Refused(500, "InternalServerError");
        Assert.Equal(2, (await LogAsync(alice.Did)).Entries.Count);

        (await alice.PostAsync(Method, new { handle })).Ok();

        Assert.Equal(2, (await LogAsync(alice.Did)).Entries.Count);
        Assert.True((await pds.Anyone.GetAsync("com.atproto.repo.describeRepo", new { repo = handle })).Ok().GetProperty("handleIsCorrect").GetBoolean());
    }

    [Fact]
    public async Task An_identity_that_this_servers_key_may_not_change_is_its_owners()
    {
        var (alice, handle) = (await pds.SignUpAsync(), NewName());
        var state = (await LogAsync(alice.Did)).Data!.State with { RotationKeys = [Stranger.NewKey(pds.Services).PublicKey] };
        var keys = pds.Services.GetRequiredService<IKeyFactory>();
        var rotationKey = keys.Import(pds.Services.GetRequiredService<IdentityOptions>().PlcRotationKey);
        var operation = PlcRegularOperation.Sign(state, (await LogAsync(alice.Did)).Last!.Cid, rotationKey);
        await pds.Services.GetRequiredService<IPlcDirectory>().SubmitAsync(alice.Did, operation, CancellationToken.None);

        var refusal = (await alice.PostAsync(Method, new { handle })).Refused(400, "InvalidRequest");

        Assert.Contains("rotation keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tombstone_is_not_changed()
    {
        var alice = await pds.SignUpAsync();
        var keys = pds.Services.GetRequiredService<IKeyFactory>();
        var tombstone = PlcTombstone.Sign(
            (await LogAsync(alice.Did)).Last!.Cid, keys.Import(pds.Services.GetRequiredService<IdentityOptions>().PlcRotationKey));
        await pds.Services.GetRequiredService<IPlcDirectory>().SubmitAsync(alice.Did, tombstone, CancellationToken.None);

        Assert.Equal("Did is tombstoned", (await alice.PostAsync(Method, new { handle = NewName() })).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task App_passwords_and_deactivated_accounts_may()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);
        var app = new XrpcClient(pds.Url) { Authorization = $"Bearer {Jwt.Read(alice.AccessJwt).With("scope", "com.atproto.appPass").Sign(WithNetwork.Secret)}" };

        (await app.PostAsync(Method, new { handle = NewName() })).Ok();
    }

    [Fact]
    public async Task Others_may_not()
    {
        var alice = await pds.SignUpAsync();
        var taken = await pds.SignUpAsync();
        await pds.TakeDownAsync(taken.Did);
        var body = new { handle = NewName() };

        (await pds.Anyone.PostAsync(Method, body)).Refused(401, "AuthMissing");
        (await alice.Refreshing.PostAsync(Method, body)).Refused(400, "InvalidToken");
        (await pds.Admin.PostAsync(Method, body)).Refused(400, "InvalidToken");
        (await taken.PostAsync(Method, body)).Refused(401, "AccountTakedown");
        (await alice.PostAsync(Method)).Refused(400, "InvalidRequest");
    }

    private async Task HasChangedNothingAsync(Actor actor)
    {
        Assert.Single((await LogAsync(actor.Did)).Entries);
        Assert.Equal(actor.Handle, (await actor.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("handle").GetString());
    }

    private async Task<PlcLog> LogAsync(Did did) => (await pds.Services.GetRequiredService<IPlcDirectory>().FindLogAsync(did, CancellationToken.None))!;

    private static string NewName() => $"renamed{Interlocked.Increment(ref _names)}.test";

    public sealed class WithNetwork : BreakablePds
    {
        public const string Secret = "a secret that the test knows, of more than 32 bytes";

        /// <summary>What handles of other domains resolve to.</summary>
        public Dictionary<Handle, Did> Handles { get; } = new() { [Handle.Parse("elsewhere.example.com")] = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz") };

        /// <summary>The documents of did:webs.</summary>
        public Dictionary<Did, DidDocument> Documents { get; } = [];

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Secrets:JwtSecret"] = Secret };

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.Decorate<IIdentityResolver>(inner => new Network(inner, this));
        }
    }

    /// <summary>Resolves did:plc as the server does, and the rest as the test says.</summary>
    private sealed class Network(IIdentityResolver inner, WithNetwork pds) : IIdentityResolver
    {
        public Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) =>
            did.Method == "plc" ? inner.ResolveDidAsync(did, ct) : Task.FromResult(pds.Documents.GetValueOrDefault(did));

        public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => did.Method == "plc" ? inner.RefreshDidAsync(did, ct) : ResolveDidAsync(did, ct);

        public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct) => throw new InvalidOperationException("A claim must be looked up anew");

        public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => Task.FromResult(pds.Handles.GetValueOrDefault(handle));
    }
}
