using Pds.Application.Accounts;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class GetRecommendedDidCredentialsTests(GetRecommendedDidCredentialsTests.WithRecoveryKey pds) : IClassFixture<GetRecommendedDidCredentialsTests.WithRecoveryKey>
{
    private const string Method = "com.atproto.identity.getRecommendedDidCredentials";
    private const string RecoveryKey = "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N";

    [Fact]
    public async Task Recommends_what_the_identity_of_an_account_made_here_says()
    {
        var alice = await pds.SignUpAsync();
        var state = (await pds.LogOfAsync(alice.Did)).Data!.State;

        var recommended = (await alice.GetAsync(Method)).Ok();

        Assert.Equal([$"at://{alice.Handle}"], recommended.GetProperty("alsoKnownAs").EnumerateArray().Select(alias => alias.GetString()));
        Assert.Equal(state.VerificationMethods["atproto"], recommended.GetProperty("verificationMethods").GetProperty("atproto").GetString());
        Assert.Equal([RecoveryKey, pds.RotationKey().PublicKey.ToString()], recommended.GetProperty("rotationKeys").EnumerateArray().Select(key => key.GetString()));
        Assert.Equal($$$"""{"atproto_pds":{"type":"AtprotoPersonalDataServer","endpoint":"{{{pds.Url}}}"}}""", recommended.GetProperty("services").ToString());
    }

    [Fact]
    public async Task What_it_recommends_may_be_signed_and_submitted()
    {
        var alice = await pds.SignUpAsync();
        var key = pds.RotationKey();
        await pds.ChangeIdentityAsync(alice.Did, state => state.WithPds(new Uri("https://elsewhere.example.com")) with { RotationKeys = [key.PublicKey] });

        var recommended = (await alice.GetAsync(Method)).Ok();
        var code = await pds.AskToSignAsync(alice);
        var signed = (await alice.PostAsync("com.atproto.identity.signPlcOperation", new
        {
            token = code,
            rotationKeys = recommended.GetProperty("rotationKeys"),
            alsoKnownAs = recommended.GetProperty("alsoKnownAs"),
            verificationMethods = recommended.GetProperty("verificationMethods"),
            services = recommended.GetProperty("services"),
        })).Ok();
        (await alice.PostAsync("com.atproto.identity.submitPlcOperation", new { operation = signed.GetProperty("operation") })).Ok();

        Assert.True((await alice.GetAsync("com.atproto.server.checkAccountStatus")).Ok().GetProperty("validDid").GetBoolean());
    }

    [Fact]
    public async Task A_did_web_has_no_rotation_keys()
    {
        var (alice, key) = await pds.HostAsync(Did.Parse("did:web:credentials.example.com"), "alice-web.test");

        var recommended = (await alice.GetAsync(Method)).Ok();

        Assert.False(recommended.TryGetProperty("rotationKeys", out _));
        Assert.Equal(key.ToString(), recommended.GetProperty("verificationMethods").GetProperty("atproto").GetString());
    }

    [Fact]
    public async Task Is_open_to_every_session_of_an_account_that_may_sign_in()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await alice.GetAsync(Method)).Ok();
        (await pds.InSession(alice, SessionScope.AppPass).GetAsync(Method)).Ok();
        (await pds.Anyone.GetAsync(Method)).Refused(401, "AuthMissing");
        (await alice.Refreshing.GetAsync(Method)).Refused(400, "InvalidToken");
        (await bob.GetAsync(Method)).Refused(401, "AccountTakedown");
        (await pds.InSession(bob, SessionScope.Takendown).GetAsync(Method)).Refused(400, "InvalidToken");
    }

    public sealed class WithRecoveryKey : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Identity:RecoveryKey"] = RecoveryKey };
    }
}
