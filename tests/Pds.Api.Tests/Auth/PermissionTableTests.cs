using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Auth;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

/// <summary>Who may call what: every method that takes sessions, with every kind of session and every kind of scope. What is allowed is what the official server allows.</summary>
public sealed class PermissionTableTests(PermissionTableTests.Callers callers) : IClassFixture<PermissionTableTests.Callers>
{
    [Fact]
    public async Task Every_call_is_for_those_sessions_and_scopes_that_may_and_for_no_others()
    {
        var faults = new List<string>();
        await Parallel.ForEachAsync(Table(), async (call, _) =>
        {
            foreach (var (kind, client) in callers.All)
            {
                var answer = await call.SendAsync(client);
                var (isAllowed, isMeant) = (!IsRefused(answer), IsMeant(call, kind));
                if (isAllowed != isMeant || answer.Status == System.Net.HttpStatusCode.Unauthorized)
                    lock (faults) faults.Add($"{call} as {kind}: {(isMeant ? "is refused" : "is not refused")}: {(int)answer.Status} {answer.Text}");
            }
        });

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_method_that_takes_sessions_is_in_the_table()
    {
        var table = Table().Select(call => call.Method).ToHashSet();
        var routes = callers.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<Access>() is { TakesSessions: true, TakesRefresh: false })
            .Select(endpoint => endpoint.Metadata.GetMetadata<Nsid>()?.Value).OfType<string>().ToList();

        Assert.NotEmpty(routes);
        Assert.Empty(routes.Except(table));
    }

    [Theory]
    [InlineData("com.atproto.server.createAppPassword", "Forbidden", "OAuth credentials are not supported for this endpoint")]
    [InlineData("com.atproto.server.updateEmail", "Forbidden", "Use the account manager interface to update email address associated with an account")]
    [InlineData("com.atproto.identity.updateHandle", "ScopeMissingError", "Missing required scope \"identity:handle\"")]
    [InlineData("com.atproto.server.confirmEmail", "ScopeMissingError", "Missing required scope \"account:email?action=manage\"")]
    public async Task An_app_is_told_why_it_may_not(string method, string error, string message)
    {
        var refusal = await callers.All["generic"].PostAsync(method, new { });

        Assert.Equal((error, message), (refusal.Refused(403, error).Error, refusal.Message));
    }

    [Fact]
    public async Task An_app_that_lacks_a_scope_is_told_the_narrowest_that_would_do()
    {
        var app = callers.All["atproto"];

        var write = await app.PostAsync("com.atproto.repo.createRecord", new { repo = callers.User.Did.Value, collection = "app.bsky.feed.post", record = Records.Post("x") });
        var call = await app.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/xrpc/com.example.getThing") { Headers = { { "atproto-proxy", "did:plc:ewvi7nxzyoun6zhxrhs64oiz#thing" } } });
        var upload = await app.PostAsync("com.atproto.repo.uploadBlob", [1, 2, 3], "Image/PNG; charset=x");

        Assert.Equal("Missing required scope \"repo:app.bsky.feed.post?action=create\"", write.Refused(403, "ScopeMissingError").Message);
        Assert.Equal("Missing required scope \"rpc:com.example.getThing?aud=did:plc:ewvi7nxzyoun6zhxrhs64oiz%23thing\"", call.Refused(403, "ScopeMissingError").Message);
        Assert.Equal("Missing required scope \"blob:image/png\"", upload.Refused(403, "ScopeMissingError").Message);
    }

    [Fact]
    public async Task A_batch_needs_every_scope_that_its_writes_need()
    {
        var creates = await LetInApp.OfAsync(callers, callers.User.Did, "repo:app.bsky.feed.post?action=create");
        object[] writes = [Writes.Create("app.bsky.feed.post", Records.Post("one")), Writes.Delete("app.bsky.feed.post", "3jzfcijpj2z2a")];

        (await creates.PostAsync("com.atproto.repo.applyWrites", new { repo = callers.User.Did.Value, writes = writes[..1] })).Ok();
        var refusal = await creates.PostAsync("com.atproto.repo.applyWrites", new { repo = callers.User.Did.Value, writes });

        Assert.Equal("Missing required scope \"repo:app.bsky.feed.post?action=delete\"", refusal.Refused(403, "ScopeMissingError").Message);
    }

    [Theory]
    [InlineData("atproto", false)]
    [InlineData("generic", false)]
    [InlineData("email", true)]
    [InlineData("email-manage", true)]
    [InlineData("old-email", true)]
    [InlineData("full", true)]
    [InlineData("app", true)]
    public async Task The_address_is_shown_to_those_that_may_see_it(string kind, bool isShown)
    {
        var session = (await callers.All[kind].GetAsync("com.atproto.server.getSession")).Ok();

        Assert.Equal(
            (callers.User.Did.Value, isShown, isShown), (session.GetProperty("did").GetString(), session.TryGetProperty("email", out _), session.TryGetProperty("emailConfirmed", out _)));
    }

    private List<GuardedCall> Table()
    {
        const string Post = "app.bsky.feed.post";
        var did = callers.User.Did.Value;
        var appView = Uri.EscapeDataString($"{callers.AppView.Did}#bsky_appview");
        var push = new { serviceDid = callers.AppView.Did.Value, token = "t", platform = "ios", appId = "a" };
        return
        [
            GuardedCall.Post("com.atproto.repo.applyWrites", "any", "repo generic", new { repo = did, writes = new[] { Writes.Create(Post, Records.Post("x")) } }),
            GuardedCall.Post("com.atproto.repo.createRecord", "any", "repo generic", new { repo = did, collection = Post, record = Records.Post("x") }),
            GuardedCall.Post("com.atproto.repo.deleteRecord", "any", "repo generic", new { repo = did, collection = Post, rkey = "none" }),
            GuardedCall.Post("com.atproto.repo.importRepo", "full", "repo-manage"),
            new("com.atproto.repo.listMissingBlobs", "any", "any"),
            GuardedCall.Post("com.atproto.repo.putRecord", "any", "repo generic", new { repo = did, collection = Post, rkey = "put", record = Records.Post("x") }),
            GuardedCall.Post("com.atproto.repo.uploadBlob", "any", "blob generic", "text"u8.ToArray(), "text/plain"),

            new("com.atproto.sync.getBlob", "any", "any", $"did={did}&cid=bafkreihwsnuregceqh263vgdathcprnbvatyat6h6mu7ipjhhodcdbyhoe"),
            new("com.atproto.sync.getBlocks", "any", "any", $"did={did}&cids=bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua"),
            new("com.atproto.sync.getCheckout", "any", "any", $"did={did}"),
            new("com.atproto.sync.getHead", "any", "any", $"did={did}"),
            new("com.atproto.sync.getLatestCommit", "any", "any", $"did={did}"),
            new("com.atproto.sync.getRecord", "any", "any", $"did={did}&collection={Post}&rkey=none"),
            new("com.atproto.sync.getRepo", "any", "any", $"did={did}"),
            new("com.atproto.sync.listBlobs", "any", "any", $"did={did}"),

            GuardedCall.Post("com.atproto.server.activateAccount", "full", "none"),
            new("com.atproto.server.checkAccountStatus", "any", "any"),
            GuardedCall.Post("com.atproto.server.confirmEmail", "any", "email-manage"),
            GuardedCall.Post("com.atproto.server.createAppPassword", "full", "none"),
            GuardedCall.Post("com.atproto.server.deactivateAccount", "full", "status-manage"),
            new("com.atproto.server.getAccountInviteCodes", "full", "none"),
            new("com.atproto.server.getServiceAuth", "any", "rpc generic", $"aud={appView}&lxm=com.example.getThing"),
            new("com.atproto.server.getServiceAuth", "any", "rpc generic", $"aud={appView}"),
            new("com.atproto.server.getServiceAuth", "privileged", "rpc chat", $"aud={appView}&lxm=chat.bsky.convo.getLog"),
            new("com.atproto.server.getSession", "any", "any"),
            new("com.atproto.server.listAppPasswords", "any", "none"),
            GuardedCall.Post("com.atproto.server.requestAccountDelete", "full", "none"),
            GuardedCall.Post("com.atproto.server.requestEmailConfirmation", "any", "email-manage"),
            GuardedCall.Post("com.atproto.server.requestEmailUpdate", "full", "none"),
            GuardedCall.Post("com.atproto.server.revokeAppPassword", "any", "none"),
            GuardedCall.Post("com.atproto.server.updateEmail", "full", "none"),

            new("com.atproto.identity.getRecommendedDidCredentials", "any", "any"),
            GuardedCall.Post("com.atproto.identity.refreshIdentity", "any", "any"),
            GuardedCall.Post("com.atproto.identity.requestPlcOperationSignature", "full", "identity"),
            GuardedCall.Post("com.atproto.identity.signPlcOperation", "full", "identity"),
            GuardedCall.Post("com.atproto.identity.submitPlcOperation", "any", "identity"),
            GuardedCall.Post("com.atproto.identity.updateHandle", "any", "identity handle"),

            GuardedCall.Post("local.pds.identity.moveDidWeb", "full", "none"),

            GuardedCall.Post(
                "com.atproto.moderation.createReport", "any", "generic reports",
                new { reasonType = "com.atproto.moderation.defs#reasonSpam", subject = new Dictionary<string, string> { ["$type"] = "com.atproto.admin.defs#repoRef", ["did"] = did } }),
            new("com.atproto.temp.checkSignupQueue", "any", "none"),

            new("app.bsky.actor.getPreferences", "any", "rpc generic"),
            GuardedCall.Post("app.bsky.actor.putPreferences", "any", "rpc generic", new { preferences = Array.Empty<object>() }),
            new("app.bsky.actor.getProfile", "any", "rpc generic", $"actor={did}"),
            new("app.bsky.actor.getProfiles", "any", "rpc generic", $"actors={did}"),
            new("app.bsky.feed.getActorLikes", "any", "rpc generic", $"actor={did}"),
            new("app.bsky.feed.getAuthorFeed", "any", "rpc generic", $"actor={did}"),
            new("app.bsky.feed.getPostThread", "any", "rpc generic", $"uri=at://{did}/app.bsky.feed.post/x"),
            new("app.bsky.feed.getTimeline", "any", "rpc generic"),
            new("app.bsky.actor.getPreferences", "any", "rpc generic"),
            new("app.bsky.actor.getProfile", "any", "rpc generic", $"actor={did}"),
            new("app.bsky.actor.getProfiles", "any", "rpc generic", $"actors={did}"),
            GuardedCall.Post("app.bsky.actor.putPreferences", "any", "rpc generic", new { preferences = Array.Empty<object>() }),
            new("app.bsky.feed.getActorLikes", "any", "rpc generic", $"actor={did}"),
            new("app.bsky.feed.getAuthorFeed", "any", "rpc generic", $"actor={did}"),
            new("app.bsky.feed.getPostThread", "any", "rpc generic", $"uri=at://{did}/{Post}/none"),
            new("app.bsky.feed.getTimeline", "any", "rpc generic"),
            new("app.bsky.feed.getFeed", "any", "rpc generic", $"feed=at://{did}/app.bsky.feed.generator/x"),
            GuardedCall.Post("app.bsky.notification.registerPush", "any", "push generic", push),
            GuardedCall.Post("app.bsky.notification.unregisterPush", "any", "push generic", push),
            GuardedCall.Post("local.pds.identity.moveDidWeb", "full", "none"),
            new("com.example.getThing", "any", "rpc generic"),
            new("chat.bsky.convo.getLog", "privileged", "rpc chat"),
        ];
    }

    private static bool IsMeant(GuardedCall call, string kind) => kind switch
    {
        "full" => true,
        "privileged" => call.Sessions is "privileged" or "any",
        "app" => call.Sessions == "any",
        _ => call.Apps == "any" || call.Apps.Split(' ').Contains(kind),
    };

    private static bool IsRefused(XrpcAnswer answer) => (int)answer.Status switch
    {
        400 => (answer.Error == "InvalidToken" && answer.Message is "Bad token scope" or "Bad token method") || answer.Message?.StartsWith("insufficient access", StringComparison.Ordinal) == true,
        403 => answer.Error is "ScopeMissingError" or "Forbidden",
        _ => false,
    };

    /// <summary>One user in every kind of session, and with an app for every kind of scope.</summary>
    public sealed class Callers : ProxyingPds
    {
        public Actor User { get; private set; } = null!;

        public Dictionary<string, XrpcClient> All { get; } = [];

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            User = await SignUpAsync();
            All["full"] = User;
            All["app"] = await this.SignInToAppAsync(User, "plain");
            All["privileged"] = await this.SignInToAppAsync(User, "privileged", privileged: true);

            foreach (var (kind, scope) in new Dictionary<string, string>
            {
                ["atproto"] = "",
                ["generic"] = "transition:generic",
                ["old-email"] = "transition:email",
                ["chat"] = "transition:chat.bsky",
                ["repo"] = "repo:*",
                ["rpc"] = RpcScope.Of(null, DidReference.Of(AppView.Did, "bsky_appview")).Text,
                ["push"] = RpcScope.Of(null, DidReference.Of(AppView.Did, "bsky_notif")).Text,
                ["reports"] = RpcScope.Of(Nsid.Parse("com.atproto.moderation.createReport"), DidReference.Of(Moderation.Did, "atproto_labeler")).Text,
                ["blob"] = "blob:*/*",
                ["email"] = "account:email",
                ["email-manage"] = "account:email?action=manage",
                ["status-manage"] = "account:status?action=manage",
                ["repo-manage"] = "account:repo?action=manage",
                ["handle"] = "identity:handle",
                ["identity"] = "identity:*",
                ["include"] = "include:app.example.authFull",
            }) All[kind] = await LetInApp.OfAsync(this, User.Did, scope);
        }
    }
}
