using Pds.Application.OAuth.Consent;
using Pds.Domain.Identity;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages.OAuth;

/// <summary>A permission in plain words.</summary>
/// <param name="Title">What it lets an app do.</param>
/// <param name="Details">With which data, by which methods: names of the network where there is no plainer word.</param>
/// <param name="IsGrave">Whether an app could do lasting harm with it.</param>
internal sealed record PermissionText(PermissionGroup Group, string Title, IReadOnlyList<string> Details, bool IsGrave = false)
{
    private static readonly Dictionary<string, string> Collections = new()
    {
        ["app.bsky.actor.profile"] = Texts.DataProfile,
        ["app.bsky.feed.post"] = Texts.DataPosts,
        ["app.bsky.feed.like"] = Texts.DataLikes,
        ["app.bsky.feed.repost"] = Texts.DataReposts,
        ["app.bsky.graph.follow"] = Texts.DataFollows,
        ["app.bsky.graph.block"] = Texts.DataBlocks,
        ["app.bsky.graph.list"] = Texts.DataLists,
        ["app.bsky.graph.listitem"] = Texts.DataListItems,
    };

    public static PermissionText Of(RequestedPermission permission) => permission.Scope is IncludeScope include ? OfSet(include, permission) : Of(permission.Scope);

    public static string LegendOf(PermissionGroup group) => group switch
    {
        PermissionGroup.Account => Texts.PermitAccountGroup,
        PermissionGroup.Publishing => Texts.PermitPublishingGroup,
        PermissionGroup.Messages => Texts.PermitMessagesGroup,
        PermissionGroup.Services => Texts.PermitServicesGroup,
        _ => Texts.PermitSetsGroup,
    };

    private static PermissionText Of(Scope scope) => scope switch
    {
        AtprotoScope => new PermissionText(PermissionGroup.Account, Texts.PermitAtproto, []),
        TransitionScope { Transition: Transition.Email } => new PermissionText(PermissionGroup.Account, Texts.PermitEmail, []),
        TransitionScope { Transition: Transition.ChatBsky } => new PermissionText(PermissionGroup.Messages, Texts.PermitMessages, []),
        TransitionScope => new PermissionText(PermissionGroup.Publishing, Texts.PermitGeneric, [Texts.PermitGenericPublic, Texts.PermitGenericFiles, Texts.PermitGenericServices]),
        RepoScope repo => OfRecords(repo),
        BlobScope blob => OfFiles(blob),
        RpcScope rpc => OfCalls(rpc),
        AccountScope account => OfAccount(account),
        IdentityScope { Attribute: IdentityAttribute.Handle } => new PermissionText(PermissionGroup.Account, Texts.PermitHandle, [], IsGrave: true),
        _ => new PermissionText(PermissionGroup.Account, Texts.PermitIdentity, [Texts.PermitIdentityHelp], IsGrave: true),
    };

    private static PermissionText OfRecords(RepoScope repo)
    {
        var title = repo.Actions switch
        {
            [RepoAction.Create] => Texts.PermitCreate,
            [RepoAction.Update] => Texts.PermitUpdate,
            [RepoAction.Delete] => Texts.PermitDelete,
            [RepoAction.Create, RepoAction.Update] => Texts.PermitCreateUpdate,
            [RepoAction.Create, RepoAction.Delete] => Texts.PermitCreateDelete,
            [RepoAction.Update, RepoAction.Delete] => Texts.PermitUpdateDelete,
            _ => Texts.PermitCreateUpdateDelete,
        };
        return new PermissionText(PermissionGroup.Publishing, title, repo.Collections is { } names ? [.. names.Select(NameOf)] : [Texts.DataAll]);
    }

    private static PermissionText OfFiles(BlobScope blob) => new(PermissionGroup.Publishing, Texts.PermitUpload, [.. blob.Accept.Select(type => type switch
    {
        "*/*" => Texts.FilesAll,
        "image/*" => Texts.FilesPictures,
        "video/*" => Texts.FilesVideos,
        "audio/*" => Texts.FilesSounds,
        _ => type,
    })]);

    private static PermissionText OfCalls(RpcScope rpc) => new(
        PermissionGroup.Services, Texts.PermitCalls.With(rpc.Audience is { } service ? ServiceOf(service) : Texts.AnyService),
        rpc.Methods is { } methods ? [.. methods.Select(method => method.Value)] : [Texts.CallsAll]);

    private static PermissionText OfAccount(AccountScope account) => (account.Attribute, account.Action) switch
    {
        (AccountAttribute.Email, AccountAction.Read) => new PermissionText(PermissionGroup.Account, Texts.PermitEmail, []),
        (AccountAttribute.Email, _) => new PermissionText(PermissionGroup.Account, Texts.PermitEmailChange, [], IsGrave: true),
        (AccountAttribute.Repo, AccountAction.Read) => new PermissionText(PermissionGroup.Account, Texts.PermitRepo, []),
        (AccountAttribute.Repo, _) => new PermissionText(PermissionGroup.Account, Texts.PermitRepoChange, [], IsGrave: true),
        (_, AccountAction.Read) => new PermissionText(PermissionGroup.Account, Texts.PermitStatus, []),
        _ => new PermissionText(PermissionGroup.Account, Texts.PermitStatusChange, [], IsGrave: true),
    };

    private static PermissionText OfSet(IncludeScope include, RequestedPermission permission)
    {
        var holds = permission.Holds.Select(Of).Select(held => $"{held.Title} {string.Join(", ", held.Details)}");
        string[] described = permission.Set?.Detail is { } detail ? [detail] : [];
        return new PermissionText(PermissionGroup.Sets, permission.Set?.Title ?? include.Set.Value, [.. described, .. holds, Texts.SetNamed.With(include.Set)]);
    }

    private static string NameOf(Nsid collection) => Collections.TryGetValue(collection.Value, out var name) ? $"{name} ({collection})" : collection.Value;

    /// <summary>A host where the name says one.</summary>
    private static string ServiceOf(DidReference service) => service.Did.Method == "web" ? service.Did.Value["did:web:".Length..] : service.Did.Value;
}
