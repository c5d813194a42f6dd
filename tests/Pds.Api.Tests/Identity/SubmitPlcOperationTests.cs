using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class SubmitPlcOperationTests(BreakablePds pds) : IClassFixture<BreakablePds>
{
    private const string Method = "com.atproto.identity.submitPlcOperation";

    /// <summary>Operations after which the account could not be used here, and what is said of each.</summary>
    public static TheoryData<string, string> LockedOut => new()
    {
        { """{"rotationKeys":["did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N"]}""", "Rotation keys do not include server's rotation key" },
        { """{"services":{}}""", "Incorrect type on atproto_pds service" },
        { """{"services":{"atproto_pds":{"type":"Other","endpoint":"URL"}}}""", "Incorrect type on atproto_pds service" },
        { """{"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"https://elsewhere.example.com"}}}""", "Incorrect endpoint on atproto_pds service" },
        { """{"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"URL/"}}}""", "Incorrect endpoint on atproto_pds service" },
        { """{"verificationMethods":{}}""", "Incorrect signing key" },
        { """{"verificationMethods":{"atproto":"did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N"}}""", "Incorrect signing key" },
        { """{"alsoKnownAs":[]}""", "Incorrect handle in alsoKnownAs" },
        { """{"alsoKnownAs":["at://somebody.test"]}""", "Incorrect handle in alsoKnownAs" },
        { """{"alsoKnownAs":["https://alice.example.com","HANDLE"]}""", "Incorrect handle in alsoKnownAs" },
    };

    /// <summary>What is no operation that a directory takes, and what is said of it.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { """{"type":"plc_tombstone"}""", "Invalid operation" },
        { """{"type":"create","signingKey":"did:key:x","recoveryKey":"did:key:x","handle":"a.test","service":"https://example.com"}""", "Invalid operation" },
        { """{"type":"something"}""", "Invalid operation: Not a valid operation: unknown type" },
        { """{"type":null}""", "Invalid operation: Not a valid operation: unknown type" },
        { """{"sig":5}""", "sig must be text" },
        { """{"prev":5}""", "prev must be a CID or null" },
        { """{"prev":"x"}""", "prev must be a CID or null" },
        { """{"rotationKeys":null}""", "rotationKeys must be a list of text" },
        { """{"rotationKeys":["x"]}""", "Invalid rotationKey: x" },
        { """{"rotationKeys":[]}""", "need at least one rotation key" },
        { """{"verificationMethods":[]}""", "verificationMethods must be an object" },
        { """{"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer"}}}""", "endpoint must be text" },
        { """{"services":{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"URL","more":1}}}""", "unknown field more" },
        { """{"more":1}""", "unknown field more" },
        { """{"more":{"$link":"x"}}""", "Invalid $link" },
        { """{"more":1.5}""", "Floats are not allowed" },
    };

    [Fact]
    public async Task Publishes_it_and_tells_the_firehose_without_a_handle()
    {
        var (alice, own) = (await pds.SignUpAsync(), Stranger.NewKey(pds.Services));
        var operation = await pds.SignAsync(alice.Did, state => state with { RotationKeys = [own.PublicKey, .. state.RotationKeys] });
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answer = await SubmitAsync(alice, operation);

        answer.Ok();
        Assert.Empty(answer.Body);
        Assert.Equal(operation.Cid, (await pds.LogOfAsync(alice.Did)).Last!.Cid);
        var told = await firehose.NextAsync();
        Assert.Equal(("#identity", alice.Did.Value, null), (told.Type, told.Did, told.Body.Text("handle")));
    }

    [Fact]
    public async Task Takes_what_another_rotation_key_signed()
    {
        var (alice, own) = (await pds.SignUpAsync(), Stranger.NewKey(pds.Services));
        await pds.ChangeIdentityAsync(alice.Did, state => state with { RotationKeys = [own.PublicKey, .. state.RotationKeys] });

        (await SubmitAsync(alice, await pds.SignAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, "https://alice.example.com"] }, own))).Ok();

        Assert.Equal(2, (await pds.LogOfAsync(alice.Did)).Data!.State.AlsoKnownAs.Count);
    }

    [Theory, MemberData(nameof(LockedOut))]
    public async Task Refuses_what_would_lock_the_user_out(string changes, string message)
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(message, (await SubmitAsync(alice, await SpoilAsync(alice, changes))).Refused(400, "InvalidRequest").Message);

        Assert.Single((await pds.LogOfAsync(alice.Did)).Entries);
    }

    [Theory, MemberData(nameof(Wrong))]
    public async Task Refuses_what_is_no_operation(string changes, string message)
    {
        var alice = await pds.SignUpAsync();

        Assert.Contains(message, (await SubmitAsync(alice, await SpoilAsync(alice, changes))).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);

        Assert.Single((await pds.LogOfAsync(alice.Did)).Entries);
    }

    [Fact]
    public async Task Refuses_what_is_too_large()
    {
        var alice = await pds.SignUpAsync();
        var operation = await pds.SignAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, .. Enumerable.Range(0, 300).Select(i => $"https://{i}.alice.example.com")] });

        Assert.Contains("7500 bytes", (await SubmitAsync(alice, operation)).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        (await alice.PostAsync(Method, new { operation = new { x = new string('x', 200_000) } })).Refused(413, "PayloadTooLargeError");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"operation":null}""")]
    [InlineData("""{"operation":"x"}""")]
    [InlineData("""{"operation":[]}""")]
    [InlineData("""{"operation":{}}""")]
    [InlineData("""[]""")]
    [InlineData("""{"operation":{"__proto__":1}}""")]
    public async Task Refuses_a_body_without_an_operation(string body)
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, Encoding.UTF8.GetBytes(body), "application/json")).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Says_why_the_directory_refuses_a_signature_or_an_order()
    {
        var (alice, stranger) = (await pds.SignUpAsync(), Stranger.NewKey(pds.Services));
        var forged = await pds.SignAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, "https://x.example.com"] }, stranger);
        var late = await pds.SignAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, "https://y.example.com"] });
        await pds.ChangeIdentityAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, "https://z.example.com"] });

        Assert.Contains("Invalid signature", (await SubmitAsync(alice, forged)).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        (await SubmitAsync(alice, late)).Refused(400, "InvalidRequest");

        Assert.Equal(2, (await pds.LogOfAsync(alice.Did)).Entries.Count);
    }

    [Fact]
    public async Task Changes_nothing_while_the_directory_is_down()
    {
        var alice = await pds.SignUpAsync();
        var operation = await pds.SignAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, "https://alice.example.com"] });
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        pds.DirectoryFailure = XrpcException.UpstreamFailure("The PLC directory cannot be reached");
        (await SubmitAsync(alice, operation)).Refused(502, "UpstreamFailure");
        pds.DirectoryFailure = null;

        Assert.Single((await pds.LogOfAsync(alice.Did)).Entries);
        (await SubmitAsync(alice, operation)).Ok();
        var told = await firehose.NextAsync();
        Assert.Equal(("#identity", alice.Did.Value), (told.Type, told.Did));
    }

    [Fact]
    public async Task Is_finished_by_sending_it_again_where_the_directory_has_it_and_nobody_was_told()
    {
        var alice = await pds.SignUpAsync();
        var operation = await pds.SignAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, "https://alice.example.com"] });
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        pds.FailingSaves = 1;
        (await SubmitAsync(alice, operation)).Refused(500, "InternalServerError");

        (await SubmitAsync(alice, operation)).Ok();

        Assert.Equal(2, (await pds.LogOfAsync(alice.Did)).Entries.Count);
        Assert.Equal("#identity", (await firehose.NextAsync()).Type);
    }

    [Fact]
    public async Task Refuses_another_accounts_operation_and_a_did_web()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (web, _) = await pds.HostAsync(Did.Parse("did:web:submit.example.com"), "alice-web.test");
        var operation = await pds.SignAsync(bob.Did, state => state);

        Assert.Equal("Incorrect signing key", (await SubmitAsync(alice, operation)).Refused(400, "InvalidRequest").Message);
        Assert.Contains("did:web", (await SubmitAsync(web, operation)).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_app_passwords_and_deactivated_accounts_and_none_that_are_taken_down()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);
        var (operation, bobs) = (await pds.SignAsync(alice.Did, state => state), await pds.SignAsync(bob.Did, state => state));

        (await SubmitAsync(pds.Anyone, operation)).Refused(401, "AuthMissing");
        (await SubmitAsync(alice.Refreshing, operation)).Refused(400, "InvalidToken");
        (await SubmitAsync(bob, bobs)).Refused(401, "AccountTakedown");
        (await SubmitAsync(pds.InSession(bob, SessionScope.Takendown), bobs)).Refused(400, "InvalidToken");
        (await SubmitAsync(pds.InSession(alice, SessionScope.AppPass), operation)).Ok();
    }

    /// <summary>An operation of the account's with other fields, signature and all as they were: it is refused before that matters.</summary>
    private async Task<string> SpoilAsync(Actor actor, string changes)
    {
        var operation = (JsonObject)JsonNode.Parse((await pds.SignAsync(actor.Did, state => state)).ToJson())!;
        var spoilt = changes.Replace("URL", pds.Url, StringComparison.Ordinal).Replace("HANDLE", $"at://{actor.Handle}", StringComparison.Ordinal);
        foreach (var (key, value) in JsonNode.Parse(spoilt)!.AsObject()) operation[key] = value?.DeepClone();
        return operation.ToJsonString();
    }

    private static Task<XrpcAnswer> SubmitAsync(XrpcClient caller, PlcOperation operation) => SubmitAsync(caller, operation.ToJson());

    private static Task<XrpcAnswer> SubmitAsync(XrpcClient caller, string operation) =>
        caller.PostAsync(Method, new { operation = JsonDocument.Parse(operation).RootElement });
}
