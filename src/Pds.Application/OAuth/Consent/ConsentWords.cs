using System.Globalization;
using System.Text;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Consent;

/// <summary>Puts scopes into words, each under what it is about.</summary>
/// <param name="sets">The permission sets that could be found.</param>
internal sealed class ConsentWords(IReadOnlyDictionary<Nsid, PermissionSetSchema> sets)
{
    private const string Chat = "chat.bsky.";
    private const int MaxClaim = 300;

    public IReadOnlyList<ConsentGroup> Describe(ScopeSet scopes) =>
    [
        .. scopes.Written.Select(word => (Topic: TopicOf(word.Key), Item: Describe(word.Key, word.Value)))
            .GroupBy(entry => entry.Topic, entry => entry.Item).OrderBy(group => group.Key)
            .Select(group => new ConsentGroup(group.Key, ConsentTexts.TitleOf(group.Key), [.. group])),
    ];

    private static ConsentTopic TopicOf(Scope scope) => scope switch
    {
        AtprotoScope => ConsentTopic.Identification,
        TransitionScope { Transition: Transition.Generic } => ConsentTopic.Everything,
        TransitionScope { Transition: Transition.ChatBsky } => ConsentTopic.Messages,
        TransitionScope or AccountScope => ConsentTopic.Account,
        IdentityScope => ConsentTopic.Identity,
        RepoScope => ConsentTopic.Records,
        BlobScope => ConsentTopic.Uploads,
        RpcScope { Methods: { } methods } when methods.Any(method => method.Value.StartsWith(Chat, StringComparison.OrdinalIgnoreCase)) => ConsentTopic.Messages,
        RpcScope => ConsentTopic.Services,
        _ => ConsentTopic.Sets,
    };

    private ConsentItem Describe(Scope scope, string word) => scope switch
    {
        AtprotoScope => new ConsentItem(word, ConsentTexts.Identification, [], IsRequired: true),
        TransitionScope { Transition: Transition.Generic } => new ConsentItem(word, ConsentTexts.Generic, [], IsWide: true),
        TransitionScope { Transition: Transition.ChatBsky } => new ConsentItem(word, ConsentTexts.OldChat, [], IsWide: true),
        TransitionScope => new ConsentItem(word, ConsentTexts.SeeEmail, []),
        AccountScope account => new ConsentItem(word, TextOf(account), [], IsWide: account is { Attribute: not AccountAttribute.Email, Action: AccountAction.Manage }),
        IdentityScope { Attribute: IdentityAttribute.Handle } => new ConsentItem(word, ConsentTexts.Handle, []),
        IdentityScope => new ConsentItem(word, ConsentTexts.WholeIdentity, [], IsWide: true),
        RepoScope repo => new ConsentItem(
            word, ConsentTexts.Records(repo.Actions, isAll: repo.Collections is null), [.. repo.Collections?.Select(ConsentTexts.Collection) ?? []], IsWide: repo.Collections is null),
        BlobScope { Accept: ["*/*"] } => new ConsentItem(word, ConsentTexts.AnyUpload, [], IsWide: true),
        BlobScope blob => new ConsentItem(word, ConsentTexts.Uploads, blob.Accept),
        RpcScope rpc => new ConsentItem(
            word, ConsentTexts.Calls(isAll: rpc.Methods is null, rpc.Audience), [.. rpc.Methods?.Select(method => method.Value) ?? []], IsWide: rpc.Methods is null || rpc.Audience is null),
        IncludeScope include => Describe(include, word),
        _ => throw new InvalidOperationException($"Nobody has words for {scope}"),
    };

    private ConsentItem Describe(IncludeScope include, string word)
    {
        if (!sets.TryGetValue(include.Set, out var set)) return new ConsentItem(word, ConsentTexts.UnknownSet(include.Set), []);

        var items = include.Expand(set).Select(scope => Describe(scope, scope.Text));
        return new ConsentItem(word, ConsentTexts.Set(include), [.. items.Select(InOneLine)], Claim: ClaimOf(set));
    }

    /// <summary>Short, and without the characters that could make the text around it look like something else.</summary>
    private static string? ClaimOf(PermissionSetSchema set)
    {
        var text = string.Join(": ", new[] { set.Title, set.Detail }.Where(part => !string.IsNullOrWhiteSpace(part)));
        var plain = string.Concat(text.EnumerateRunes().Select(Plain).Take(MaxClaim + 1));
        return plain.Length == 0 ? null : plain.Length > MaxClaim ? $"{plain[..MaxClaim]}…" : plain;
    }

    private static string Plain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format => "",
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        _ => rune.ToString(),
    };

    private static string InOneLine(ConsentItem item) => item.Details.Count == 0 ? item.Text : $"{item.Text}: {string.Join(", ", item.Details)}";

    private static string TextOf(AccountScope scope) => (scope.Attribute, scope.Action) switch
    {
        (AccountAttribute.Email, AccountAction.Read) => ConsentTexts.SeeEmail,
        (AccountAttribute.Email, _) => ConsentTexts.ManageEmail,
        (AccountAttribute.Repo, AccountAction.Read) => ConsentTexts.SeeRepo,
        (AccountAttribute.Repo, _) => ConsentTexts.ManageRepo,
        (_, AccountAction.Read) => ConsentTexts.SeeStatus,
        _ => ConsentTexts.ManageStatus,
    };
}
