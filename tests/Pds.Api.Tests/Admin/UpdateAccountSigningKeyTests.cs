using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.TestKit;

namespace Pds.Api.Tests.Admin;

public sealed class UpdateAccountSigningKeyTests(BreakablePds pds) : IClassFixture<BreakablePds>
{
    private const string Method = "com.atproto.admin.updateAccountSigningKey";

    [Fact]
    public async Task Replaces_the_key_in_the_document_and_signs_the_repo_anew()
    {
        var alice = await pds.SignUpAsync();
        (await alice.CreateRecordAsync(Records.Post("before"))).Ok();
        var before = await alice.ExportAsync();
        var key = await ReserveAsync(alice);

        (await ChangeAsync(alice, key)).Ok();

        Assert.Equal(key, (await DocumentAsync(alice)).SigningKey!.ToString());
        var after = await alice.ExportAsync(); // its signature is checked with the key in the document
        Assert.Equal(before.Commit.Data, after.Commit.Data);
        Assert.True(after.Commit.Rev > before.Commit.Rev);
        (await alice.CreateRecordAsync(Records.Post("after"))).Ok();
        await alice.ExportAsync();
    }

    [Fact]
    public async Task Tells_the_firehose_of_the_identity_and_then_of_the_commit_that_the_new_key_signed()
    {
        var alice = await pds.SignUpAsync();
        var key = await ReserveAsync(alice);
        var before = await alice.GetLatestCommitAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await ChangeAsync(alice, key)).Ok();

        var told = await firehose.NextAsync(3, alice.Did.Value);
        Assert.Equal(["#identity", "#commit", "#sync"], told.Select(frame => frame.Type));
        Assert.Equal(before.Rev.ToString(), told[1].Body.Text("since"));
        Assert.Equal(((await alice.GetLatestCommitAsync()).Rev.ToString(), told[1].Body.Text("rev")), (told[1].Body.Text("rev"), told[2].Body.Text("rev")));
    }

    [Fact]
    public async Task Service_tokens_are_signed_with_the_new_key_at_once()
    {
        var alice = await pds.SignUpAsync();
        await TokenAsync(alice); // the old key is held ready
        var key = await ReserveAsync(alice);

        (await ChangeAsync(alice, key)).Ok();

        Assert.True((await TokenAsync(alice)).IsSignedBy(DidKey.Parse(key), pds.Services.GetRequiredService<ISignatureVerifier>()));
    }

    [Fact]
    public async Task The_next_key_is_another_one()
    {
        var alice = await pds.SignUpAsync();
        var first = await ReserveAsync(alice);
        (await ChangeAsync(alice, first)).Ok();

        var second = await ReserveAsync(alice);

        Assert.NotEqual(first, second);
        (await ChangeAsync(alice, second)).Ok();
        (await ChangeAsync(alice, first)).Refused(400, "InvalidRequest"); // it is nobody's any more
    }

    [Fact]
    public async Task Takes_a_key_that_was_reserved_for_nobody()
    {
        var alice = await pds.SignUpAsync();
        var key = (await pds.Anyone.PostAsync("com.atproto.server.reserveSigningKey", new { })).Ok().GetProperty("signingKey").GetString()!;

        (await ChangeAsync(alice, key)).Ok();

        await alice.ExportAsync();
    }

    [Fact]
    public async Task The_key_it_has_already_changes_nothing()
    {
        var alice = await pds.SignUpAsync();
        var (commit, key) = (await alice.GetLatestCommitAsync(), (await DocumentAsync(alice)).SigningKey!.ToString());

        (await ChangeAsync(alice, key)).Ok();

        Assert.Equal(commit, await alice.GetLatestCommitAsync());
        Assert.Single((await LogAsync(alice)).Entries);
    }

    [Fact]
    public async Task Refuses_keys_that_this_server_does_not_hold_for_the_account()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (others, unknown) = (await ReserveAsync(bob), Stranger.NewKey(pds.Services).PublicKey.ToString());

        foreach (var key in new[] { others, unknown })
            Assert.Equal("The signing key is not one that this server has reserved for the account", (await ChangeAsync(alice, key)).Refused(400, "InvalidRequest").Message);

        Assert.Single((await LogAsync(alice)).Entries);
        Assert.Equal(others, await ReserveAsync(bob));
    }

    [Fact]
    public async Task Changes_nothing_while_the_directory_is_down()
    {
        var alice = await pds.SignUpAsync();
        var (key, commit) = (await ReserveAsync(alice), await alice.GetLatestCommitAsync());
        pds.DirectoryFailure = XrpcException.UpstreamFailure("The PLC directory cannot be reached");
        try
        {
            (await ChangeAsync(alice, key)).Refused(502, "UpstreamFailure");
        }
        finally
        {
            pds.DirectoryFailure = null;
        }

        Assert.Equal(commit, await alice.GetLatestCommitAsync());
        Assert.Equal(key, await ReserveAsync(alice));
        (await alice.CreateRecordAsync(Records.Post())).Ok();
        await alice.ExportAsync();
    }

    [Fact]
    public async Task Is_finished_by_sending_it_again_where_the_directory_was_told_and_the_key_was_not_saved()
    {
        var alice = await pds.SignUpAsync();
        var key = await ReserveAsync(alice);
        pds.FailingSaves = 1;
        (await ChangeAsync(alice, key)).Refused(500, "InternalServerError");
        Assert.Equal(key, (await DocumentAsync(alice)).SigningKey!.ToString()); // half done: the document is ahead

        await pds.RestartAsync();
        (await pds.Admin.PostAsync(Method, new { did = alice.Did.Value, signingKey = key })).Ok();

        Assert.Equal(2, (await LogAsync(alice)).Entries.Count);
        await VerifiedRepo.FetchAsync(pds.Anyone, alice.Did);
    }

    [Fact]
    public async Task A_deactivated_accounts_repo_is_signed_anew_in_silence()
    {
        var alice = await pds.SignUpAsync();
        var key = await ReserveAsync(alice);
        await pds.DeactivateAsync(alice.Did);
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        (await ChangeAsync(alice, key)).Ok();

        Assert.Equal("#identity", (await firehose.NextAsync()).Type);
        var bob = await pds.SignUpAsync("bob");
        Assert.Equal(bob.Did.Value, (await firehose.NextAsync()).Did); // and nothing more of alice's before that
        await VerifiedRepo.FetchAsync(alice, alice.Did);
    }

    [Fact]
    public async Task Writes_that_come_at_the_same_time_are_all_signed_by_a_key_that_was_published()
    {
        var alice = await pds.SignUpAsync();
        var key = await ReserveAsync(alice);

        var writes = Enumerable.Range(0, 10).Select(n => alice.CreateRecordAsync(Records.Post($"{n}"))).ToList();
        var change = ChangeAsync(alice, key);
        writes.AddRange(Enumerable.Range(10, 10).Select(n => alice.CreateRecordAsync(Records.Post($"{n}"))));

        (await change).Ok();
        foreach (var write in await Task.WhenAll(writes)) write.Ok();
        await alice.ExportAsync();
    }

    [Fact]
    public async Task Refuses_an_account_that_is_not_here_and_what_is_no_key()
    {
        var alice = await pds.SignUpAsync();
        var key = await ReserveAsync(alice);

        var answer = await pds.Admin.PostAsync(Method, new { did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz", signingKey = key });
        Assert.Equal("Account not found", answer.Refused(400, "InvalidRequest").Message);
        foreach (var nonsense in new[] { "x", "did:key:z", alice.Did.Value })
            (await ChangeAsync(alice, nonsense)).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Is_for_the_administrator()
    {
        var alice = await pds.SignUpAsync();
        var body = new { did = alice.Did.Value, signingKey = await ReserveAsync(alice) };

        (await pds.Anyone.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
        (await alice.PostAsync(Method, body)).Refused(401, "AuthenticationRequired");
    }

    private Task<XrpcAnswer> ChangeAsync(Actor actor, string signingKey) => pds.Admin.PostAsync(Method, new { did = actor.Did.Value, signingKey });

    private async Task<string> ReserveAsync(Actor actor) =>
        (await pds.Anyone.PostAsync("com.atproto.server.reserveSigningKey", new { did = actor.Did.Value })).Ok().GetProperty("signingKey").GetString()!;

    private static async Task<ServiceToken> TokenAsync(Actor actor)
    {
        var text = (await actor.GetAsync("com.atproto.server.getServiceAuth", new { aud = "did:web:example.com" })).Ok().GetProperty("token").GetString()!;
        return ServiceToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("No token");
    }

    private async Task<PlcLog> LogAsync(Actor actor) => (await pds.Services.GetRequiredService<IPlcDirectory>().FindLogAsync(actor.Did, CancellationToken.None))!;

    private async Task<DidDocument> DocumentAsync(Actor actor) => (await LogAsync(actor)).Data!.ToDocument();
}
