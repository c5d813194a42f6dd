using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Consent;

/// <summary>Sorts scopes by what they are about, and says which of them are to be thought about twice.</summary>
/// <param name="sets">The permission sets that could be found.</param>
/// <param name="languages">Those that the reader knows, the best first.</param>
internal sealed class ConsentGroups(IReadOnlyDictionary<Nsid, PermissionSetSchema> sets, IReadOnlyList<string> languages)
{
    private const string Chat = "chat.bsky.";

    public IReadOnlyList<ConsentGroup> Of(ScopeSet scopes) =>
    [
        .. scopes.Written.GroupBy(pair => MeaningOf(pair.Key), pair => pair.Value).Select(words => Describe(words.Key, string.Join(' ', words))).GroupBy(item => TopicOf(item.Scope)).OrderBy(group => group.Key)
            .Select(group => new ConsentGroup(group.Key, [.. group])),
    ];

    /// <summary>What an app may ask for by two names is asked about once, and granted or not by both.</summary>
    private static Scope MeaningOf(Scope scope) =>
        scope is TransitionScope { Transition: Transition.Email } ? AccountScope.Of(AccountAttribute.Email, AccountAction.Read) : scope;

    private static ConsentTopic TopicOf(Scope scope) => scope switch
    {
        AtprotoScope => ConsentTopic.Identification,
        TransitionScope { Transition: Transition.Generic } => ConsentTopic.Everything,
        TransitionScope { Transition: Transition.ChatBsky } => ConsentTopic.Messages,
        AccountScope => ConsentTopic.Account,
        IdentityScope => ConsentTopic.Identity,
        RepoScope => ConsentTopic.Records,
        BlobScope => ConsentTopic.Uploads,
        RpcScope { Methods: { } methods } when methods.Any(method => method.Value.StartsWith(Chat, StringComparison.OrdinalIgnoreCase)) => ConsentTopic.Messages,
        RpcScope => ConsentTopic.Services,
        _ => ConsentTopic.Sets,
    };

    private ConsentItem Describe(Scope scope, string words) => new(
        scope, words, IsWide(scope), IsRequired: scope is AtprotoScope,
        scope is IncludeScope include && sets.TryGetValue(include.Set, out var set) ? ConsentSet.Of(include, set, languages) : null);

    private static bool IsWide(Scope scope) => scope switch
    {
        TransitionScope => true,
        AccountScope account => account is { Attribute: not AccountAttribute.Email, Action: AccountAction.Manage },
        IdentityScope identity => identity.Attribute is not IdentityAttribute.Handle,
        RepoScope repo => repo.Collections is null,
        BlobScope blob => blob.IsAny,
        RpcScope rpc => rpc.Methods is null || rpc.Audience is null,
        _ => false,
    };
}
