using Pds.Application.OAuth.Consent;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages.OAuth;

/// <summary>Scopes in plain words: those of <c>Texts.resx</c>, which says all that people read.</summary>
internal static class ConsentTexts
{
    public static string TitleOf(ConsentTopic topic) => Texts.ResourceManager.GetString($"Topic{topic}")!;

    /// <summary>What a scope lets an app do: a sentence, or the beginning of one that <see cref="DetailsOf(ConsentItem)"/> ends.</summary>
    public static string Of(ConsentItem item) => item is { Scope: IncludeScope include, Set: null } ? Texts.ScopeSetUnknown.With(include.Set) : Of(item.Scope);

    /// <summary>What that is in particular: names of records, methods, and what a permission set holds.</summary>
    public static IEnumerable<string> DetailsOf(ConsentItem item) => item.Set is { } set ? set.Scopes.Select(InOneLine) : DetailsOf(item.Scope);

    /// <summary>What a permission set's author says about it; null for nothing.</summary>
    public static string? ClaimOf(ConsentItem item) => item.Set switch
    {
        { Title: { } title, Detail: { } detail } => Texts.SetClaimBoth.With(title, detail),
        { Title: { } title } => Texts.SetClaim.With(title),
        { Detail: { } detail } => Texts.SetClaim.With(detail),
        _ => null,
    };

    private static string Of(Scope scope) => scope switch
    {
        AtprotoScope => Texts.ScopeAtproto,
        TransitionScope { Transition: Transition.Generic } => Texts.ScopeGeneric,
        TransitionScope => Texts.ScopeChat,
        AccountScope account => Texts.ResourceManager.GetString($"Scope{account.Attribute}{account.Action}")!,
        IdentityScope { Attribute: IdentityAttribute.Handle } => Texts.ScopeHandle,
        IdentityScope => Texts.ScopeIdentity,
        RepoScope repo => (repo.Collections is null ? Texts.ScopeAnyRecords : Texts.ScopeRecords).With(Texts.ResourceManager.GetString($"Actions{string.Concat(repo.Actions)}")!),
        BlobScope blob => blob.IsAny ? Texts.ScopeAnyFiles : Texts.ScopeFiles,
        RpcScope { Methods: null, Audience: { } service } => Texts.ScopeAnyCalls.With(NameOf(service)),
        RpcScope { Audience: { } service } => Texts.ScopeCalls.With(NameOf(service)),
        RpcScope => Texts.ScopeCallsAnywhere,
        IncludeScope { Audience: { } service } include => Texts.ScopeSetAt.With(include.Set, NameOf(service)),
        IncludeScope include => Texts.ScopeSet.With(include.Set),
        _ => throw new InvalidOperationException($"Nobody has words for {scope}"),
    };

    private static IEnumerable<string> DetailsOf(Scope scope) => scope switch
    {
        RepoScope { Collections: { } collections } => collections.Select(NameOf),
        BlobScope { IsAny: false } blob => blob.Accept,
        RpcScope { Methods: { } methods } => methods.Select(method => method.Value),
        _ => [],
    };

    private static string InOneLine(Scope scope) => DetailsOf(scope).ToList() is { Count: > 0 } details ? $"{Of(scope)}: {string.Join(", ", details)}" : Of(scope);

    /// <summary>"posts (app.bsky.feed.post)", for collections that most people know.</summary>
    private static string NameOf(Nsid collection) =>
        Texts.ResourceManager.GetString($"Collection.{collection}") is { } words ? Texts.CollectionNamed.With(words, collection) : collection.Value;

    /// <summary>The host is what people may know; the rest of the name says which of its services.</summary>
    private static string NameOf(DidReference service) =>
        service.Did.Method == "web" ? $"{Uri.UnescapeDataString(service.Did.Identifier)} ({service.Fragment})" : service.ToString();
}
