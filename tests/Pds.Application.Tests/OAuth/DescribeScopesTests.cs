using Pds.Application.OAuth.Consent;

namespace Pds.Application.Tests.OAuth;

/// <summary>What people read about what an app asks for.</summary>
public sealed class DescribeScopesTests
{
    [Fact]
    public async Task Says_in_plain_words_what_each_scope_lets_an_app_do() => Assert.Equal(
        """
        Who you are
          atproto = Know who you are: your handle, your DID, and what is public about you (required)
        Your name in the network
          identity:handle = Change your handle
        Your account
          account:email = See your e-mail address, and whether it is confirmed
          account:status?action=manage = Deactivate your account (wide)
        Your direct messages
          rpc:chat.bsky.convo.getLog?aud=did:web:api.bsky.chat%23bsky_chat = Call these methods in your name at api.bsky.chat (bsky_chat): chat.bsky.convo.getLog
        What you publish
          repo:app.bsky.feed.post = Create, change and delete public records of these kinds: posts (app.bsky.feed.post)
          repo?collection=com.example.b&collection=app.bsky.feed.like&action=delete = Delete public records of these kinds: likes (app.bsky.feed.like), com.example.b
          repo:*?action=create&action=delete = Create and delete public records of any kind (wide)
        Files
          blob:image/* = Upload files of these kinds: image/*
          blob:*/* = Upload files of any kind (wide)
        Other services, in your name
          rpc:*?aud=did:web:api.bsky.app%23bsky_appview = Do anything in your name at api.bsky.app (bsky_appview) (wide)
          rpc:com.atproto.moderation.createReport?aud=* = Call these methods in your name at any service: com.atproto.moderation.createReport (wide)
        """,
        await DescribeAsync(
            "atproto blob:image/* repo:app.bsky.feed.post repo?collection=com.example.b&collection=app.bsky.feed.like&action=delete account:email identity:handle "
            + "rpc:*?aud=did:web:api.bsky.app%23bsky_appview rpc:com.atproto.moderation.createReport?aud=* rpc:chat.bsky.convo.getLog?aud=did:web:api.bsky.chat%23bsky_chat "
            + "blob:*/* account:status?action=manage repo:*?action=create&action=delete nonsense"));

    [Fact]
    public async Task Says_how_wide_the_old_scopes_are() => Assert.Equal(
        """
        Nearly everything
          transition:generic = Do nearly all that you can do: write and delete any public record, upload any file, and call any service in your name. Not your direct messages, not your password (wide)
        Your account
          transition:email = See your e-mail address, and whether it is confirmed
        Your direct messages
          transition:chat.bsky = Read and send your direct messages on Bluesky (wide)
        """,
        await DescribeAsync("transition:email transition:generic transition:chat.bsky"));

    [Fact]
    public async Task Says_what_is_in_a_permission_set_and_what_its_author_says_about_it() => Assert.Equal(
        """
        What goes together
          include:app.example.authFull?aud=did:web:api.example.com%23svc = The permissions of app.example.authFull, at api.example.com (svc): Create and delete public records of these kinds: app.example.post, Call these methods in your name at api.example.com (svc): app.example.getFeed "Everything here: Post and read"
          include:app.example.nothing = The permissions of app.example.nothing, which cannot be looked up now
        """,
        await DescribeAsync("include:app.example.authFull?aud=did:web:api.example.com%23svc include:app.example.nothing"));

    private static async Task<string> DescribeAsync(string scope)
    {
        var handler = new DescribeScopes.Handler(NoLexicons.With(new NoLexicons(), NoLexicons.Set));
        var groups = await handler.Handle(new DescribeScopes(scope), CancellationToken.None);
        return string.Join('\n', groups.SelectMany(group => group.Items.Select(Line).Prepend(group.Title)));
    }

    private static string Line(ConsentItem item) =>
        $"  {item.Scope} = {item.Text}{(item.Details.Count > 0 ? ": " : "")}{string.Join(", ", item.Details)}{(item.Claim is null ? "" : $" \"{item.Claim}\"")}{(item.IsWide ? " (wide)" : "")}{(item.IsRequired ? " (required)" : "")}";
}
