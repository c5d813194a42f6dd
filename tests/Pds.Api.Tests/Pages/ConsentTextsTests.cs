using Pds.Api.Pages.OAuth;
using Pds.Application.OAuth.Consent;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Api.Tests.Pages;

/// <summary>What people read about what an app asks for.</summary>
public sealed class ConsentTextsTests
{
    [Theory]
    [InlineData("atproto", "Know who you are: your handle, your DID, and what is public about you")]
    [InlineData("transition:generic", "Do nearly all that you can do: write and delete any public record, upload any file, and call any service in your name. Not your direct messages, not your password")]
    [InlineData("transition:chat.bsky", "Read and send your direct messages on Bluesky")]
    [InlineData("account:email", "See your email address, and whether it is confirmed")]
    [InlineData("account:email?action=manage", "See your email address, and have it confirmed")]
    [InlineData("account:repo", "Know about your repository, which is public anyway")]
    [InlineData("account:repo?action=manage", "Replace all your public records by those of a file")]
    [InlineData("account:status", "Know whether your account is active")]
    [InlineData("account:status?action=manage", "Deactivate your account")]
    [InlineData("identity:handle", "Change your handle")]
    [InlineData("identity:*", "Change your handle, and your DID document: its keys, and the server that has your account. Whoever may do this can take your account away")]
    [InlineData("repo:app.bsky.feed.post", "Create, change and delete public records of these kinds: posts (app.bsky.feed.post)")]
    [InlineData("repo?collection=com.example.b&collection=app.bsky.feed.like&action=delete", "Delete public records of these kinds: likes (app.bsky.feed.like), com.example.b")]
    [InlineData("repo:*?action=create&action=delete", "Create and delete public records of any kind")]
    [InlineData("repo:*?action=create&action=update", "Create and change public records of any kind")]
    [InlineData("repo:*?action=update&action=delete", "Change and delete public records of any kind")]
    [InlineData("repo:*?action=create", "Create public records of any kind")]
    [InlineData("repo:*?action=update", "Change public records of any kind")]
    [InlineData("blob:image/*", "Upload files of these kinds: image/*")]
    [InlineData("blob:*/*", "Upload files of any kind")]
    [InlineData("rpc:chat.bsky.convo.getLog?aud=did:web:api.bsky.chat%23bsky_chat", "Call these methods in your name at api.bsky.chat (bsky_chat): chat.bsky.convo.getLog")]
    [InlineData("rpc:com.atproto.moderation.createReport?aud=*", "Call these methods in your name at any service: com.atproto.moderation.createReport")]
    [InlineData("rpc:*?aud=did:web:localhost%253A3000%23svc", "Do anything in your name at localhost:3000 (svc)")]
    [InlineData("rpc:*?aud=did:plc:ewvi7nxzyoun6zhxrhs64oiz%23svc", "Do anything in your name at did:plc:ewvi7nxzyoun6zhxrhs64oiz#svc")]
    [InlineData("include:app.example.authFull", "The permissions of app.example.authFull, which cannot be looked up now")]
    public void Says_in_a_sentence_what_a_scope_lets_an_app_do(string word, string text) => Assert.Equal(text, Read(Item(word)));

    [Fact]
    public void Says_what_a_permission_set_holds_and_whose_words_describe_it()
    {
        var item = Item("include:app.example.authFull?aud=did:web:api.example.com%23svc") with
        {
            Set = new ConsentSet("Everything", "Post and read", [.. ScopeSet.Parse("repo:app.example.post?action=create rpc:app.example.getFeed?aud=*").Scopes]),
        };

        Assert.Equal("The permissions of app.example.authFull, at api.example.com (svc)", ConsentTexts.Of(item));
        Assert.Equal(
            ["Create public records of these kinds: app.example.post", "Call these methods in your name at any service: app.example.getFeed"], ConsentTexts.DetailsOf(item));
        Assert.Equal("Its author says: “Everything: Post and read”", ConsentTexts.ClaimOf(item));
        Assert.Equal("Its author says: “Post {0}”", ConsentTexts.ClaimOf(item with { Set = item.Set with { Title = null, Detail = "Post {0}" } }));
        Assert.Null(ConsentTexts.ClaimOf(item with { Set = item.Set with { Title = null, Detail = null } }));
    }

    [Fact]
    public void Has_a_heading_for_every_topic() => Assert.All(Enum.GetValues<ConsentTopic>(), topic => Assert.NotEmpty(ConsentTexts.TitleOf(topic)));

    private static ConsentItem Item(string word)
    {
        Assert.True(Scope.TryParse(word, out var scope));
        return new ConsentItem(scope, word);
    }

    private static string Read(ConsentItem item) =>
        ConsentTexts.DetailsOf(item).ToList() is { Count: > 0 } details ? $"{ConsentTexts.Of(item)}: {string.Join(", ", details)}" : ConsentTexts.Of(item);
}
