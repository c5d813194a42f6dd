using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class SignPlcOperationTests(BreakablePds pds) : IClassFixture<BreakablePds>
{
    private const string Method = "com.atproto.identity.signPlcOperation";

    /// <summary>What no directory takes, and what is said of it.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { """ "rotationKeys":"x" """, "Expected array value type" },
        { """ "rotationKeys":[] """, "need at least one rotation key" },
        { """ "rotationKeys":["did:key:x"] """, "Invalid rotationKey: did:key:x" },
        { """ "rotationKeys":[null] """, "Expected string value type (got null) at $.rotationKeys[0]" },
        { """ "rotationKeys":[5] """, "value type" },
        { """ "alsoKnownAs":[null] """, "Expected string value type (got null) at $.alsoKnownAs[0]" },
        { """ "alsoKnownAs":["at://a.test","at://a.test"] """, "duplicate alsoKnownAs entry" },
        { """ "verificationMethods":[] """, "Expected object value type" },
        { """ "verificationMethods":"x" """, "Expected object value type" },
        { """ "verificationMethods":{"atproto":5} """, "atproto must be text" },
        { """ "verificationMethods":{"atproto":"x"} """, "Invalid verificationMethod key: x" },
        { """ "services":{"atproto_pds":"x"} """, "atproto_pds must be an object" },
        { """ "services":{"atproto_pds":{"type":"x"}} """, "endpoint must be text" },
        { """ "services":{"atproto_pds":{"type":"x","endpoint":"y","more":1}} """, "unknown field more" },
        { """ "services":{"$bytes":"AAAA"} """, "Expected object value type" },
        { """ "services":{"a":1.5} """, "Floats are not allowed" },
    };

    [Fact]
    public async Task Signs_what_is_changed_and_keeps_the_rest_and_publishes_nothing()
    {
        var (alice, own) = (await pds.SignUpAsync(), Stranger.NewKey(pds.Services).PublicKey);
        var log = await pds.LogOfAsync(alice.Did);
        var code = await pds.AskToSignAsync(alice);

        var answer = (await alice.PostAsync(Method, new { token = code, rotationKeys = new[] { own.ToString(), pds.RotationKey().PublicKey.ToString() } })).Ok();

        var operation = PlcOperation.Parse(Encoding.UTF8.GetBytes(answer.GetProperty("operation").ToString()));
        Assert.Equal(log.Last!.Cid, operation.Prev);
        Assert.Equal(log.Last.State! with { RotationKeys = [own, pds.RotationKey().PublicKey] }, operation.State);
        Assert.Equal(0, operation.SignerAmong([pds.RotationKey().PublicKey], pds.Services.GetRequiredService<ISignatureVerifier>()));
        Assert.Single((await pds.LogOfAsync(alice.Did)).Entries);
    }

    [Fact]
    public async Task Signs_on_top_of_the_log_as_it_is_now()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);
        await pds.ChangeIdentityAsync(alice.Did, state => state with { AlsoKnownAs = [.. state.AlsoKnownAs, "https://alice.example.com"] });

        var operation = (await alice.PostAsync(Method, new { token = code })).Ok().GetProperty("operation");

        Assert.Equal((await pds.LogOfAsync(alice.Did)).Last!.Cid.ToString(), operation.GetProperty("prev").GetString());
        Assert.Equal(2, operation.GetProperty("alsoKnownAs").GetArrayLength());
    }

    [Fact]
    public async Task Signs_what_takes_the_account_away()
    {
        var (alice, key) = (await pds.SignUpAsync(), Stranger.NewKey(pds.Services).PublicKey.ToString());
        var code = await pds.AskToSignAsync(alice);

        var operation = (await alice.PostAsync(Method, new
        {
            token = code,
            rotationKeys = new[] { key },
            verificationMethods = new { atproto = key },
            services = new { atproto_pds = new { type = "AtprotoPersonalDataServer", endpoint = "https://elsewhere.example.com" } },
        })).Ok().GetProperty("operation");

        Assert.Equal("https://elsewhere.example.com", operation.GetProperty("services").GetProperty("atproto_pds").GetProperty("endpoint").GetString());
    }

    [Fact]
    public async Task A_code_is_good_for_one_signature()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => alice.PostAsync(Method, new { token = code })));

        Assert.Single(answers, answer => answer.Error is null);
        foreach (var refused in answers.Where(answer => answer.Error is not null)) refused.Refused(400, "InvalidToken");
        Assert.Equal(0, pds.CountCodes(alice));
    }

    [Fact]
    public async Task A_code_of_another_account_or_for_something_else_is_none()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (bobs, other) = (await pds.AskToSignAsync(bob), await pds.AskToConfirmAsync(alice));

        Assert.Equal("Token is invalid", (await alice.PostAsync(Method, new { token = bobs })).Refused(400, "InvalidToken").Message);
        (await alice.PostAsync(Method, new { token = other })).Refused(400, "InvalidToken");
        (await bob.PostAsync(Method, new { token = bobs })).Ok();
    }

    [Fact]
    public async Task Asks_for_a_code()
    {
        var alice = await pds.SignUpAsync();

        foreach (var body in new object[] { new { }, new { token = "" } })
        {
            var refusal = (await alice.PostAsync(Method, body)).Refused(400, "InvalidRequest");
            Assert.Equal("email confirmation token required to sign PLC operations", refusal.Message);
        }

        (await alice.PostAsync(Method, new { token = 5 })).Refused(400, "InvalidRequest");
        (await alice.PostAsync(Method)).Refused(400, "InvalidRequest");
    }

    [Theory, MemberData(nameof(Wrong))]
    public async Task Refuses_what_no_directory_takes_and_the_code_still_works(string field, string message)
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);

        var body = Encoding.UTF8.GetBytes($$"""{"token":"{{code}}",{{field}}}""");
        Assert.Contains(message, (await alice.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);

        (await alice.PostAsync(Method, new { token = code })).Ok();
    }

    [Fact]
    public async Task Refuses_what_is_too_large()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);

        var many = Enumerable.Range(0, 3000).Select(i => $"at://{i}.example.com").ToArray();
        Assert.Contains("7500 bytes", (await alice.PostAsync(Method, new { token = code, alsoKnownAs = many })).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        (await alice.PostAsync(Method, new { token = code, alsoKnownAs = new[] { new string('x', 200_000) } })).Refused(413, "PayloadTooLargeError");

        (await alice.PostAsync(Method, new { token = code })).Ok();
    }

    [Theory]
    [InlineData("The PLC directory cannot be reached")]
    [InlineData("The PLC directory answered nonsense: Not an audit log")]
    public async Task A_directory_that_does_not_answer_costs_no_code(string trouble)
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);

        pds.LookUpFailure = XrpcException.UpstreamFailure(trouble);
        Assert.Equal(trouble, (await alice.PostAsync(Method, new { token = code })).Refused(502, "UpstreamFailure").Message);
        pds.LookUpFailure = null;

        (await alice.PostAsync(Method, new { token = code })).Ok();
    }

    [Fact]
    public async Task A_save_that_fails_gives_no_signature_away_and_costs_no_code()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);

        pds.FailingSaves = 1;
        (await alice.PostAsync(Method, new { token = code })).Refused(500, "InternalServerError");

        (await alice.PostAsync(Method, new { token = code })).Ok();
    }

    [Fact]
    public async Task Refuses_a_tombstone()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);
        await pds.EndIdentityAsync(alice.Did);

        Assert.Equal("Did is tombstoned", (await alice.PostAsync(Method, new { token = code })).Refused(400, "InvalidRequest").Message);
        Assert.Equal(1, pds.CountCodes(alice));
    }

    [Fact]
    public async Task Refuses_an_identity_that_its_key_may_not_change()
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToSignAsync(alice);
        await pds.ChangeIdentityAsync(alice.Did, state => state with { RotationKeys = [Stranger.NewKey(pds.Services).PublicKey] });

        Assert.Contains("rotation keys", (await alice.PostAsync(Method, new { token = code })).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
        Assert.Equal(1, pds.CountCodes(alice));
    }

    [Fact]
    public async Task Refuses_a_did_web()
    {
        var (alice, _) = await pds.HostAsync(Did.Parse("did:web:sign.example.com"), "alice-web.test");

        Assert.Contains("did:web", (await alice.PostAsync(Method, new { token = "AAAAA-BBBBB" })).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_sessions_that_may_leave()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (code, bobs) = (await pds.AskToSignAsync(alice), await pds.AskToSignAsync(bob));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await pds.Anyone.PostAsync(Method, new { token = code })).Refused(401, "AuthMissing");
        (await pds.InSession(alice, SessionScope.AppPassPrivileged).PostAsync(Method, new { token = code })).Refused(400, "InvalidToken");
        (await bob.PostAsync(Method, new { token = bobs })).Refused(401, "AccountTakedown");
        (await alice.PostAsync(Method, new { token = code })).Ok();
        (await pds.InSession(bob, SessionScope.Takendown).PostAsync(Method, new { token = bobs })).Ok();
    }
}
