using Pds.Domain.OAuth.Scopes;

namespace Pds.Domain.Tests.OAuth.Scopes;

/// <summary>How scopes are written. The canonical forms are the official server's, apart from those of the last test.</summary>
public sealed class ScopeTests
{
    private const string AppView = "did:web:api.bsky.app%23bsky_appview";

    [Theory]
    [InlineData("atproto")]
    [InlineData("transition:generic")]
    [InlineData("transition:email")]
    [InlineData("transition:chat.bsky")]
    [InlineData("repo:*")]
    [InlineData("repo:app.bsky.feed.post")]
    [InlineData("repo:*?action=delete")]
    [InlineData("repo:app.bsky.feed.post?action=create&action=update")]
    [InlineData("repo?collection=app.bsky.feed.like&collection=app.bsky.feed.post")]
    [InlineData("repo?collection=app.bsky.feed.like&collection=app.bsky.feed.post&action=create")]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=*")]
    [InlineData("rpc:*?aud=" + AppView)]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:plc:ewvi7nxzyoun6zhxrhs64oiz%23atproto_labeler")]
    [InlineData("rpc?lxm=app.bsky.feed.getFeed&lxm=app.bsky.feed.getTimeline&aud=" + AppView)]
    [InlineData("blob:*/*")]
    [InlineData("blob:image/svg+xml")]
    [InlineData("blob?accept=text/html&accept=video/*")]
    [InlineData("account:email")]
    [InlineData("account:email?action=manage")]
    [InlineData("account:repo?action=manage")]
    [InlineData("account:status?action=manage")]
    [InlineData("identity:*")]
    [InlineData("identity:handle")]
    [InlineData("include:app.example.authFull")]
    [InlineData("include:app.example.authFull?aud=" + AppView)]
    public void Is_written_in_one_way(string text)
    {
        Assert.True(Scope.TryParse(text, out var scope));
        Assert.Equal(text, scope.Text);
    }

    [Theory]
    [InlineData("identity:*?", "identity:*")]
    [InlineData("identity?attr=handle", "identity:handle")]
    [InlineData("account?action=manage&attr=repo", "account:repo?action=manage")]
    [InlineData("account:email?action=read", "account:email")]
    [InlineData("repo?collection=app.bsky.feed.post", "repo:app.bsky.feed.post")]
    [InlineData("repo:app.bsky.feed.post?action=delete&action=update&action=create&action=create", "repo:app.bsky.feed.post")]
    [InlineData("repo:app.bsky.feed.post?action=delete&action=create", "repo:app.bsky.feed.post?action=create&action=delete")]
    [InlineData("repo?collection=com.b.c&collection=com.a.b&collection=com.b.c", "repo?collection=com.a.b&collection=com.b.c")]
    [InlineData("repo?collection=app.bsky.feed.post&collection=*", "repo:*")]
    [InlineData("%72epo:app.bsky.feed.post", null)]
    [InlineData("repo:app%2Ebsky.feed.post&", null)]
    [InlineData("repo:app%2Ebsky.feed.post?&action=create&", "repo:app.bsky.feed.post?action=create")]
    [InlineData("rpc?lxm=*&aud=" + AppView, "rpc:*?aud=" + AppView)]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app#bsky_appview", "rpc:app.bsky.feed.getFeed?aud=" + AppView)]
    [InlineData("blob:IMAGE/Png", "blob:image/png")]
    [InlineData("blob?accept=*/*&accept=image/png", "blob:*/*")]
    [InlineData("blob?accept=image/png&accept=text/html&accept=image/*", "blob?accept=image/*&accept=text/html")]
    public void Other_ways_to_write_it_come_to_the_same(string text, string? canonical) =>
        Assert.Equal(canonical, Scope.TryParse(text, out var scope) ? scope.Text : null);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("openid")]
    [InlineData("Atproto")]
    [InlineData("atproto?")]
    [InlineData("transition:generic?")]
    [InlineData("transition:everything")]
    [InlineData("resource:positional?key=val")]
    [InlineData("repo")]
    [InlineData("repo:")]
    [InlineData("repo?")]
    [InlineData("repo:app.bsky.*")]
    [InlineData("repo:app.bsky")]
    [InlineData("repo:app.bsky.feed.post?action=")]
    [InlineData("repo:app.bsky.feed.post?action=*")]
    [InlineData("repo:app.bsky.feed.post?action=Create")]
    [InlineData("repo:app.bsky.feed.post?collection=app.bsky.feed.like")]
    [InlineData("repo:app.bsky.feed.post?rkey=self")]
    [InlineData("repo:app.bsky.feed.post ")]
    [InlineData("REPO:app.bsky.feed.post")]
    [InlineData("rpc:app.bsky.feed.getFeed")]
    [InlineData("rpc:*?aud=*")]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app")]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23")]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app:path%23a")]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=did:key:zQ3sh%23a")]
    [InlineData("rpc:app.bsky.feed.getFeed?aud=*&aud=*")]
    [InlineData("rpc?aud=" + AppView)]
    [InlineData("blob:image")]
    [InlineData("blob:*")]
    [InlineData("blob:*/png")]
    [InlineData("blob:image/png/x")]
    [InlineData("blob:image/%zz")]
    [InlineData("blob:image/%2")]
    [InlineData("account:*")]
    [InlineData("account:handle")]
    [InlineData("account:email?action=write")]
    [InlineData("identity:email")]
    [InlineData("identity?attr=handle&attr=handle")]
    [InlineData("include:app.bsky.*")]
    [InlineData("include:app.example.authFull?aud=*")]
    [InlineData("include:app.example.authFull?aud=did:web:api.bsky.app")]
    [InlineData("emoji:☺️")]
    [InlineData("blob:image/québec")]
    public void Nothing_else_is_one(string? text) => Assert.False(Scope.TryParse(text, out _));

    [Theory]
    [InlineData("blob?accept=image/svg+xml&accept=text/html", "blob?accept=image/svg+xml&accept=text/html")] // a plus is no space: MIME types have it
    [InlineData("blob?accept=image/png&accept=image/png", "blob:image/png")]
    [InlineData("account:email?action=manage&action=read", "account:email?action=manage")]
    [InlineData("rpc:a.b.c?aud=did:web:localhost%253A2583%23x", "rpc:a.b.c?aud=did:web:localhost%253A2583%23x")] // reads back as itself
    [InlineData("blob:im*ge/*", null)]
    [InlineData("repo??collection=app.bsky.feed.post", null)]
    public void Is_deliberately_not_as_on_the_official_server(string text, string? canonical) =>
        Assert.Equal(canonical, Scope.TryParse(text, out var scope) ? scope.Text : null);

    [Fact]
    public void Whatever_is_written_reads_back_as_an_equal_one()
    {
        var random = new Random(20);
        var (words, seen) = (new RandomScope(random), 0);

        for (var i = 0; i < 20_000; i++)
        {
            if (!Scope.TryParse(words.Next(), out var scope)) continue;
            seen++;

            Assert.True(Scope.TryParse(scope.Text, out var again), scope.Text);
            Assert.Equal(scope, again);
            Assert.Equal(scope.Text, again.Text);
        }

        Assert.True(seen > 1_000, $"only {seen} were valid");
    }
}
