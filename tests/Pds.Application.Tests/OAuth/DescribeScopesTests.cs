using Pds.Application.OAuth.Consent;

namespace Pds.Application.Tests.OAuth;

/// <summary>What people are asked about, sorted by what it is about.</summary>
public sealed class DescribeScopesTests
{
    [Fact]
    public async Task Sorts_scopes_by_what_they_are_about_and_marks_those_that_know_no_bounds() => Assert.Equal(
        """
        Identification
          atproto (required)
        Everything
          transition:generic (wide)
        Identity
          identity:handle
          identity:* (wide)
        Account
          transition:email account:email
          account:email?action=manage
          account:status?action=manage (wide)
        Messages
          transition:chat.bsky (wide)
          rpc:chat.bsky.convo.getLog?aud=did:web:api.bsky.chat%23bsky_chat
        Records
          repo:app.bsky.feed.post
          repo:*?action=create&action=delete (wide)
        Uploads
          blob:image/*
          blob:*/* (wide)
        Services
          rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23bsky_appview
          rpc:*?aud=did:web:api.bsky.app%23bsky_appview (wide)
          rpc:com.atproto.moderation.createReport?aud=* (wide)
        """,
        await DescribeAsync(
            "atproto blob:image/* repo:app.bsky.feed.post transition:generic transition:email account:email transition:chat.bsky identity:handle identity:* account:email?action=manage "
            + "rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23bsky_appview rpc:*?aud=did:web:api.bsky.app%23bsky_appview rpc:com.atproto.moderation.createReport?aud=* "
            + "rpc:chat.bsky.convo.getLog?aud=did:web:api.bsky.chat%23bsky_chat blob:*/* account:status?action=manage repo:*?action=create&action=delete nonsense"));

    [Fact]
    public async Task Says_what_a_permission_set_grants_and_what_its_author_says_about_it() => Assert.Equal(
        """
        Sets
          include:app.example.authFull?aud=did:web:api.example.com%23svc = repo:app.example.post?action=create&action=delete rpc:app.example.getFeed?aud=did:web:api.example.com%23svc "Everything here" "Post and read"
          include:app.example.nothing
        """,
        await DescribeAsync("include:app.example.authFull?aud=did:web:api.example.com%23svc include:app.example.nothing"));

    [Theory]
    [InlineData("\"Alles hier\" \"Post and read\"", "de-AT", "en")] // its detail has no translation
    [InlineData("\"Tudo aqui\" \"Post and read\"", "pt-BR-x-lvariant", "de")]
    [InlineData("\"Everything here\" \"Post and read\"", "fr", "pt-PT")]
    public async Task Says_it_in_a_language_that_the_reader_knows(string claim, params string[] languages) =>
        Assert.EndsWith(claim, await DescribeAsync("include:app.example.authFull", languages), StringComparison.Ordinal);

    [Fact]
    public async Task Of_a_text_without_end_says_the_beginning()
    {
        var set = NoLexicons.Set.Replace("Post\\nand read", new string('x', 1000), StringComparison.Ordinal);

        var item = (await GroupsAsync("include:app.example.authFull", set)).Single().Items.Single();

        Assert.Equal($"{new string('x', ConsentSet.MaxDetail)}…", item.Set!.Detail);
    }

    private static async Task<string> DescribeAsync(string scope, params string[] languages) =>
        string.Join('\n', (await GroupsAsync(scope, NoLexicons.Set, languages)).SelectMany(group => group.Items.Select(Line).Prepend(group.Topic.ToString())));

    private static Task<IReadOnlyList<ConsentGroup>> GroupsAsync(string scope, string set, params string[] languages) =>
        new DescribeScopes.Handler(NoLexicons.With(new NoLexicons(), set)).Handle(new DescribeScopes(scope, languages), CancellationToken.None);

    private static string Line(ConsentItem item) =>
        $"  {item.Words}{(item.Set is { } set ? $" = {string.Join(' ', set.Scopes)} \"{set.Title}\" \"{set.Detail}\"" : "")}{(item.IsWide ? " (wide)" : "")}{(item.IsRequired ? " (required)" : "")}";
}
