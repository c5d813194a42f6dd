using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class CreateAccountTests(CreateAccountTests.WithRecoveryKey pds) : IClassFixture<CreateAccountTests.WithRecoveryKey>
{
    private const string Method = "com.atproto.server.createAccount";
    private const string OperatorsKey = "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N"; // of the specification's examples

    [Fact]
    public async Task Answers_with_a_session_that_works_and_a_document_that_the_directory_has()
    {
        var created = (await SignUpAsync("answers.test")).Ok();

        var did = created.GetProperty("did").GetString()!;
        var document = DidDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(created.GetProperty("didDoc")));
        var published = DidDocument.Parse((await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/plc/{did}"))).Body);
        Assert.Equal(["accessJwt", "did", "didDoc", "handle", "refreshJwt"], created.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("answers.test", created.GetProperty("handle").GetString());
        Assert.Equal(did, document.Id.Value);
        Assert.Equal(["at://answers.test"], document.AlsoKnownAs);
        Assert.Equal(new Uri(pds.Url), document.PdsEndpoint);
        Assert.NotNull(document.SigningKey);
        Assert.Equal(published.SigningKey, document.SigningKey);
        Assert.Equal(published.AlsoKnownAs, document.AlsoKnownAs);
        var alice = new Actor(pds.Url, created, "");
        Assert.Equal(did, (await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("did").GetString());
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok();
    }

    [Fact]
    public async Task Begins_an_empty_repo_that_proves_itself()
    {
        var alice = await pds.SignUpAsync();

        var repo = await alice.ExportAsync();

        Assert.Empty(repo.Records);
        Assert.Equal((await alice.GetLatestCommitAsync()).Rev, repo.Commit.Rev);
    }

    [Fact]
    public async Task Tells_the_firehose_of_identity_account_commit_and_sync_in_that_order()
    {
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        var alice = await pds.SignUpAsync();

        var frames = await firehose.NextAsync(4, alice.Did.Value);
        Assert.Equal(["#identity", "#account", "#commit", "#sync"], frames.Select(frame => frame.Type));
        Assert.Equal(alice.Handle, frames[0].Body.Text("handle"));
        Assert.Equal(new LexBoolean(true), frames[1].Body["active"]);
        Assert.Null(frames[1].Body["status"]);
        Assert.Equal(LexNull.Value, frames[2].Body["since"]);
        Assert.Equal((await alice.GetLatestCommitAsync()).Rev.ToString(), frames[2].Body.Text("rev"));
        Assert.Equal(frames[2].Body.Text("rev"), frames[3].Body.Text("rev"));
        Assert.Equal(frames.Select(frame => frame.Seq).Order(), frames.Select(frame => frame.Seq));
    }

    [Fact]
    public async Task Puts_the_users_recovery_key_above_the_operators_and_both_above_the_servers()
    {
        var usersKey = NewKey();

        var did = (await SignUpAsync("twokeys.test", more: new() { ["recoveryKey"] = usersKey })).Ok().GetProperty("did").GetString()!;

        var rotationKeys = await RotationKeysAsync(did);
        Assert.Equal(3, rotationKeys.Length);
        Assert.Equal([usersKey, OperatorsKey], rotationKeys[..2]);
        Assert.Equal((await RotationKeysAsync((await pds.SignUpAsync()).Did.Value))[^1], rotationKeys[2]);
    }

    [Theory]
    [InlineData("ab.test", "InvalidHandle", "Handle too short")]
    [InlineData("abcdefghijklmnopqrs.test", "InvalidHandle", "Handle too long")]
    [InlineData("dotted.name.test", "InvalidHandle", "Invalid characters in handle")]
    [InlineData("admin.test", "HandleNotAvailable", "Reserved handle")]
    [InlineData("ADMIN.test", "HandleNotAvailable", "Reserved handle")]
    [InlineData("alice.alt", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.arpa", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.example", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.internal", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.invalid", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.local", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.localhost", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.onion", "InvalidHandle", "Handle TLD is invalid or disallowed")]
    [InlineData("alice.example.com", "UnsupportedDomain", "Not a supported handle domain")]
    [InlineData("alicetest.com", "UnsupportedDomain", "Not a supported handle domain")]
    [InlineData("alice", "InvalidRequest", null)]
    [InlineData("", "InvalidRequest", null)]
    [InlineData(".test", "InvalidRequest", null)]
    [InlineData("-alice.test", "InvalidRequest", null)]
    [InlineData("ali_ce.test", "InvalidRequest", null)]
    [InlineData("ali ce.test", "InvalidRequest", null)]
    [InlineData("alice.test\n", "InvalidRequest", null)]
    [InlineData("аlice.test", "InvalidRequest", null)] // the first letter is Cyrillic
    public async Task Refuses_a_handle_that_it_does_not_give_out(string handle, string error, string? message)
    {
        var refusal = await SignUpAsync(handle, email: "nobody@example.com");

        refusal.Refused(400, error);
        if (message is not null) Assert.Equal(message, refusal.Message);
    }

    [Theory]
    [InlineData("abc.test", "abc.test")]
    [InlineData("abcdefghijklmnopqr.test", "abcdefghijklmnopqr.test")]
    [InlineData("Mixed-Case9.TEST", "mixed-case9.test")]
    public async Task Takes_handles_at_the_bounds_and_in_any_case(string handle, string given)
    {
        var created = (await SignUpAsync(handle, email: $"{given}@example.com")).Ok();

        Assert.Equal(given, created.GetProperty("handle").GetString());
        Assert.Equal(created.GetProperty("did").GetString(), (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = given })).Ok().GetProperty("did").GetString());
    }

    [Theory]
    [InlineData(null, "Email is required")]
    [InlineData("", "Email is required")]
    [InlineData("nobody", "This email address is not supported, please use a different email.")]
    [InlineData("nobody@localhost", "This email address is not supported, please use a different email.")]
    [InlineData("Nobody <nobody@example.com>", "This email address is not supported, please use a different email.")]
    [InlineData("a@example.com, b@example.com", "This email address is not supported, please use a different email.")]
    [InlineData("nobody@mailinator.com", "This email address is not supported, please use a different email.")]
    [InlineData("nobody@example.com\r\nBcc: all@example.com", "This email address is not supported, please use a different email.")]
    public async Task Refuses_what_is_no_email_address(string? email, string message)
    {
        var refusal = await pds.Anyone.PostAsync(Method, email is null
            ? new { handle = "noaddress.test", password = "password" }
            : new { handle = "noaddress.test", email, password = "password" });

        Assert.Equal(message, refusal.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_a_password_of_more_than_256_characters()
    {
        var refusal = await SignUpAsync("longpass.test", password: new string('x', 257));

        Assert.Contains("256", refusal.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        (await SignUpAsync("longpass.test", password: new string('x', 256))).Ok();
        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = "longpass.test", password = new string('x', 256) })).Ok();
    }

    [Fact]
    public async Task Refuses_an_empty_password() =>
        Assert.Equal("Invalid password length.", (await SignUpAsync("nopass.test", password: "")).Refused(400, "InvalidRequest").Message);

    [Fact]
    public async Task Keeps_the_address_in_lower_case()
    {
        var alice = new Actor(pds.Url, (await SignUpAsync("lowermail.test", email: "Lower.Mail@Example.com")).Ok(), "password");

        Assert.Equal("lower.mail@example.com", (await alice.GetAsync("com.atproto.server.getSession")).Ok().GetProperty("email").GetString());
    }

    [Fact]
    public async Task Refuses_a_handle_that_is_taken_in_any_case()
    {
        var alice = await pds.SignUpAsync();

        var refusal = await SignUpAsync(alice.Handle.ToUpperInvariant(), email: "another@example.com");

        Assert.Equal($"Handle already taken: {alice.Handle}", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Refuses_an_email_address_that_is_taken_in_any_case()
    {
        (await SignUpAsync("mailone.test", email: "Taken@Example.com")).Ok();

        var refusal = await SignUpAsync("mailtwo.test", email: "tAKEN@example.COM");

        Assert.Equal("Email already taken: tAKEN@example.COM", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("takendown")]
    [InlineData("deactivated")]
    public async Task Refuses_the_handle_of_an_account_that_is_not_active(string state)
    {
        var alice = await pds.SignUpAsync();
        await (state == "takendown" ? pds.TakeDownAsync(alice.Did) : pds.DeactivateAsync(alice.Did));

        (await SignUpAsync(alice.Handle, email: $"{state}@example.com")).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Refuses_another_did_without_a_token_of_its_own()
    {
        var refusal = await SignUpAsync("foreign.test", more: new() { ["did"] = "did:plc:ewvi7nxzyoun6zhxrhs64oiz" });

        Assert.Equal("Missing auth to create account with did: did:plc:ewvi7nxzyoun6zhxrhs64oiz", refusal.Refused(401, "AuthenticationRequired").Message);
    }

    [Fact]
    public async Task Refuses_a_plcOp()
    {
        var refusal = await SignUpAsync("plcop.test", more: new() { ["plcOp"] = new { type = "plc_operation" } });

        Assert.Equal("Unsupported input: \"plcOp\"", refusal.Refused(400, "InvalidRequest").Message);
    }

    [Theory]
    [InlineData("did:key:zzz")]
    [InlineData("zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N")]
    public async Task Refuses_a_recovery_key_that_is_none(string key) =>
        (await SignUpAsync("badkey.test", more: new() { ["recoveryKey"] = key })).Refused(400, "InvalidRequest");

    [Theory]
    [InlineData("Bearer garbage", 401, "BadJwt")]
    [InlineData("Basic YWRtaW46YWRtaW4=", 401, "AuthenticationRequired")]
    [InlineData("Hello", 400, "InvalidToken")]
    public async Task Refuses_a_stray_authorization_header(string header, int status, string error)
    {
        var refusal = await new XrpcClient(pds.Url) { Authorization = header }.PostAsync(Method, new { handle = "stray.test", email = "stray@example.com", password = "password" });

        refusal.Refused(status, error);
    }

    [Fact]
    public async Task One_of_many_that_want_a_handle_at_once_gets_it_and_the_rest_leave_no_identity_behind()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SignUpAsync("wanted.test", email: $"wanted{i}@example.com")));

        var losers = answers.Where(answer => (int)answer.Status != 200).ToList();
        Assert.Equal(5, losers.Count);
        Assert.All(losers, loser => Assert.Equal("Handle already taken: wanted.test", loser.Refused(400, "InvalidRequest").Message));
        Assert.Equal(1, await CountIdentitiesAsync("wanted.test"));
    }

    [Fact]
    public async Task One_of_many_that_want_an_email_address_at_once_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SignUpAsync($"samemail{i}.test", email: i % 2 == 0 ? "same@example.com" : "SAME@EXAMPLE.COM")));

        var losers = answers.Where(answer => (int)answer.Status != 200).ToList();
        Assert.Equal(5, losers.Count);
        Assert.All(losers, loser => Assert.StartsWith("Email already taken: ", loser.Refused(400, "InvalidRequest").Message, StringComparison.Ordinal));
    }

    private Task<XrpcAnswer> SignUpAsync(string handle, string? email = null, string password = "password", Dictionary<string, object>? more = null) =>
        pds.Anyone.PostAsync(Method, new Dictionary<string, object>(more ?? []) { ["handle"] = handle, ["email"] = email ?? $"{handle}@example.com", ["password"] = password });

    private string NewKey()
    {
        var keys = pds.Services.GetRequiredService<IKeyFactory>();
        return keys.Import(keys.Generate(Curve.P256)).PublicKey.ToString();
    }

    private async Task<string[]> RotationKeysAsync(string did)
    {
        var data = (await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/plc/{did}/data"))).Ok();
        return [.. data.GetProperty("rotationKeys").EnumerateArray().Select(key => key.GetString()!)];
    }

    private async Task<int> CountIdentitiesAsync(string handle)
    {
        var export = (await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/plc/export"))).Text;
        return export.Split('\n').Count(line => line.Contains($"at://{handle}\"", StringComparison.Ordinal));
    }

    public sealed class WithRecoveryKey : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Identity:RecoveryKey"] = OperatorsKey };
    }
}
