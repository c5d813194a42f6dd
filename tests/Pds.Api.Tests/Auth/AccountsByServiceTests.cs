using Pds.Application.Options;
using Microsoft.Extensions.DependencyInjection;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

/// <summary>A service that acts for an account with a token from it: how a video service brings back what it was given.</summary>
public sealed class AccountsByServiceTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Upload = "com.atproto.repo.uploadBlob";

    [Fact]
    public async Task Uploads_into_the_account_that_gave_the_token_and_again_after_a_broken_connection()
    {
        var alice = await pds.SignUpAsync();
        var service = await ServiceOfAsync(alice, Upload);

        var blob = (await UploadAsync(service)).Ok().GetProperty("blob");
        (await UploadAsync(service)).Ok();

        (await alice.CreateRecordAsync(new { embed = blob, createdAt = Records.Moment }, "com.example.video")).Ok();
    }

    [Fact]
    public async Task Is_refused_with_a_token_for_another_method()
    {
        var service = await ServiceOfAsync(await pds.SignUpAsync(), "com.example.doThing");

        (await UploadAsync(service)).Refused(401, "BadJwtLexiconMethod");
    }

    [Fact]
    public async Task A_token_without_a_method_is_taken_for_a_session_and_is_none()
    {
        var service = await ServiceOfAsync(await pds.SignUpAsync(), lxm: null);

        (await UploadAsync(service)).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Other_methods_take_no_such_token()
    {
        var service = await ServiceOfAsync(await pds.SignUpAsync(), "com.atproto.repo.createRecord");

        (await service.PostAsync("com.atproto.repo.createRecord", new { })).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Is_refused_for_an_account_that_is_not_here()
    {
        var stranger = await Stranger.PublishAsync(pds);

        (await UploadAsync(new XrpcClient(pds.Url) { Authorization = $"Bearer {stranger.Token(Upload)}" })).Refused(403, "AccountNotFound");
    }

    [Fact]
    public async Task Follows_the_accounts_status_as_a_session_would()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var (ofAlice, ofBob) = (await ServiceOfAsync(alice, Upload), await ServiceOfAsync(bob, Upload));
        await pds.TakeDownAsync(alice.Did);
        await pds.DeactivateAsync(bob.Did);

        (await UploadAsync(ofAlice)).Refused(401, "AccountTakedown");
        (await UploadAsync(ofBob)).Ok();
    }

    [Fact]
    public async Task Sessions_upload_as_ever_and_garbage_is_an_invalid_token()
    {
        var alice = await pds.SignUpAsync();

        (await UploadAsync(alice)).Ok();
        (await UploadAsync(pds.Anyone)).Refused(401, "AuthMissing");
        foreach (var token in new[] { "garbage", "a.b.c", $"{alice.AccessJwt}x" })
            (await UploadAsync(new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" })).Refused(400, "InvalidToken");
    }

    private async Task<XrpcClient> ServiceOfAsync(Actor actor, string? lxm)
    {
        var aud = pds.Services.GetRequiredService<ServiceOptions>().Did.Value;
        var token = (await actor.GetAsync("com.atproto.server.getServiceAuth", new { aud, lxm })).Ok().GetProperty("token").GetString();
        return new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" };
    }

    private static Task<XrpcAnswer> UploadAsync(XrpcClient client) => client.PostAsync(Upload, "a video, as it were", "text/plain");
}
