using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.OAuth.Scopes;

/// <summary>What a set of scopes lets somebody do.</summary>
public sealed class ScopeSetTests
{
    private const string AppView = "did:web:api.bsky.app#bsky_appview";

    [Theory]
    [InlineData("repo:app.bsky.feed.post", "app.bsky.feed.post", RepoAction.Create, true)]
    [InlineData("repo:app.bsky.feed.post", "app.bsky.feed.post", RepoAction.Delete, true)]
    [InlineData("repo:app.bsky.feed.post", "app.bsky.feed.postgate", RepoAction.Create, false)]
    [InlineData("repo:app.bsky.feed.post?action=create", "app.bsky.feed.post", RepoAction.Update, false)]
    [InlineData("repo:*?action=delete", "com.example.thing", RepoAction.Delete, true)]
    [InlineData("repo:*?action=delete", "com.example.thing", RepoAction.Create, false)]
    [InlineData("repo?collection=a.b.c&collection=a.b.d", "a.b.d", RepoAction.Update, true)]
    [InlineData("repo:a.b.c?action=create repo:a.b.c?action=update", "a.b.c", RepoAction.Update, true)]
    [InlineData("transition:generic", "com.example.thing", RepoAction.Delete, true)]
    [InlineData("transition:email transition:chat.bsky", "com.example.thing", RepoAction.Create, false)]
    [InlineData("include:com.example.auth", "com.example.thing", RepoAction.Create, false)]
    public void Lets_records_be_written(string scopes, string collection, RepoAction action, bool isAllowed) =>
        Assert.Equal(isAllowed, ScopeSet.Parse($"atproto {scopes}").Covers(RepoScope.Of(Nsid.Parse(collection), action)));

    [Theory]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=*", "app.bsky.feed.getFeed", AppView, true)]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=*", "app.bsky.feed.getTimeline", AppView, false)]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23bsky_appview", "app.bsky.feed.getFeed", AppView, true)]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23bsky_appview", "app.bsky.feed.getFeed", "did:web:api.bsky.app#bsky_notif", false)]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23bsky_appview", "app.bsky.feed.getFeed", "did:web:api.bsky.app", true)]
    [InlineData("rpc:*?aud=did:web:api.bsky.app%23bsky_appview", "app.bsky.feed.getFeed", "did:web:api.bsky.app", false)]
    [InlineData("rpc:*?aud=did:web:api.bsky.app%23bsky_appview", "com.example.anything", AppView, true)]
    [InlineData("rpc:*?aud=did:web:api.bsky.app%23bsky_appview", null, AppView, true)]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=*", null, AppView, false)]
    [InlineData("transition:generic", "app.bsky.feed.getFeed", AppView, true)]
    [InlineData("transition:generic", null, AppView, true)]
    [InlineData("transition:generic", "chat.bsky.convo.getLog", AppView, false)]
    [InlineData("transition:generic", "CHAT.bsky.convo.getLog", AppView, false)]
    [InlineData("transition:chat.bsky", "chat.bsky.convo.getLog", AppView, true)]
    [InlineData("transition:chat.bsky", "app.bsky.feed.getFeed", AppView, false)]
    [InlineData("transition:chat.bsky", null, AppView, false)]
    public void Lets_services_be_called(string scopes, string? method, string audience, bool isAllowed) =>
        Assert.Equal(isAllowed, ScopeSet.Parse($"atproto {scopes}").Covers(RpcScope.Of(method is null ? null : Nsid.Parse(method), DidReference.Parse(audience))));

    [Theory]
    [InlineData("blob:*/*", "video/mp4", true)]
    [InlineData("blob:image/*", "image/png", true)]
    [InlineData("blob:image/*", "imagery/png", false)]
    [InlineData("blob:image/png", "Image/PNG", true)]
    [InlineData("blob:image/png", "image/pngx", false)]
    [InlineData("blob:*/*", "garbage", false)]
    [InlineData("transition:generic", "garbage", true)]
    [InlineData("repo:*", "image/png", false)]
    public void Lets_files_be_uploaded(string scopes, string type, bool isAllowed) => Assert.Equal(isAllowed, ScopeSet.Parse(scopes).Covers(BlobScope.Of(type)));

    [Theory]
    [InlineData("account:email", AccountAttribute.Email, AccountAction.Read, true)]
    [InlineData("account:email", AccountAttribute.Email, AccountAction.Manage, false)]
    [InlineData("account:email?action=manage", AccountAttribute.Email, AccountAction.Read, true)]
    [InlineData("account:repo?action=manage", AccountAttribute.Repo, AccountAction.Manage, true)]
    [InlineData("account:repo?action=manage", AccountAttribute.Status, AccountAction.Manage, false)]
    [InlineData("transition:email", AccountAttribute.Email, AccountAction.Read, true)]
    [InlineData("transition:email", AccountAttribute.Email, AccountAction.Manage, false)]
    [InlineData("transition:generic", AccountAttribute.Email, AccountAction.Read, false)]
    public void Lets_the_account_be_seen_and_changed(string scopes, AccountAttribute attribute, AccountAction action, bool isAllowed) =>
        Assert.Equal(isAllowed, ScopeSet.Parse(scopes).Covers(AccountScope.Of(attribute, action)));

    [Theory]
    [InlineData("identity:*", IdentityAttribute.Handle, true)]
    [InlineData("identity:*", IdentityAttribute.All, true)]
    [InlineData("identity:handle", IdentityAttribute.Handle, true)]
    [InlineData("identity:handle", IdentityAttribute.All, false)]
    [InlineData("transition:generic", IdentityAttribute.Handle, false)]
    public void Lets_the_identity_be_changed(string scopes, IdentityAttribute attribute, bool isAllowed) =>
        Assert.Equal(isAllowed, ScopeSet.Parse(scopes).Covers(IdentityScope.Of(attribute)));

    [Fact]
    public void Leaves_out_what_is_not_understood_and_what_is_there_twice()
    {
        var scopes = ScopeSet.Parse("repo?collection=a.b.c  atproto nonsense repo:a.b.c repo:a.b.c?rkey=self atproto");

        Assert.Equal("repo?collection=a.b.c atproto", scopes.ToString());
        Assert.True(scopes.IsAtproto);
    }

    [Fact]
    public void Is_equal_to_another_order_and_another_writing()
    {
        var (one, other) = (ScopeSet.Parse("atproto repo:a.b.c?action=create&action=delete"), ScopeSet.Parse("repo?action=delete&action=create&collection=a.b.c atproto"));

        Assert.Equal(one, other);
        Assert.Equal("atproto repo:a.b.c?action=create&action=delete", other.Canonical);
        Assert.NotEqual(one, ScopeSet.Parse("atproto"));
    }

    [Fact]
    public void Knows_what_it_has_in_common_with_another()
    {
        var asked = ScopeSet.Parse("atproto repo?collection=a.b.c blob:*/*");

        Assert.Equal("atproto repo?collection=a.b.c", asked.Intersect(ScopeSet.Parse("repo:a.b.c account:email atproto")).ToString());
        Assert.True(ScopeSet.Parse("blob:*/* atproto").IsWithin(asked));
        Assert.False(ScopeSet.Parse("blob:image/* atproto").IsWithin(asked));
    }

    [Fact]
    public void Of_nothing_lets_nothing_be_done()
    {
        Assert.Equal(ScopeSet.Empty, ScopeSet.Parse(null));
        Assert.False(ScopeSet.Empty.IsAtproto);
        Assert.False(ScopeSet.Empty.Covers(BlobScope.Of("image/png")));
    }
}
