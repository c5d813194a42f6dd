using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>repo:app.bsky.feed.post?action=create</c>: writing records (https://atproto.com/specs/permission#repo).</summary>
public sealed class RepoScope : Scope
{
    internal const string Resource = "repo";
    private const string Collection = "collection";
    private const string Action = "action";

    private static readonly RepoAction[] AllActions = [RepoAction.Create, RepoAction.Update, RepoAction.Delete];

    private RepoScope(IReadOnlyList<Nsid>? collections, IReadOnlyList<RepoAction> actions) : base(Print(collections, actions)) =>
        (Collections, Actions) = (collections, actions);

    /// <summary>In the order of their names; null for all.</summary>
    public IReadOnlyList<Nsid>? Collections { get; }

    /// <summary>In the order of <see cref="RepoAction"/>; never none.</summary>
    public IReadOnlyList<RepoAction> Actions { get; }

    public static RepoScope Of(Nsid collection, RepoAction action) => new([collection], [action]);

    public override bool Covers(Scope needed) =>
        needed is RepoScope repo && repo.Actions.All(Actions.Contains)
        && (Collections is null || (repo.Collections is not null && repo.Collections.All(Collections.Contains)));

    internal static RepoScope? Read(ScopeParameters parameters)
    {
        if (parameters.Values(Collection, Action) is not { } values || !NameList.TryRead(values[Collection], out var collections)) return null;

        var actions = values[Action].ToList();
        if (!actions.TrueForAll(action => AllActions.Any(known => WordOf(known) == action))) return null;
        return new RepoScope(collections, actions.Count == 0 ? AllActions : [.. AllActions.Where(action => actions.Contains(WordOf(action)))]);
    }

    private static string Print(IReadOnlyList<Nsid>? collections, IReadOnlyList<RepoAction> actions) => ScopeText.Print(
        Resource, (Collection, NameList.Print(collections)), (Action, actions.Count == AllActions.Length ? [] : actions.Select(WordOf)));

    private static string WordOf(RepoAction action) => action switch
    {
        RepoAction.Create => "create",
        RepoAction.Update => "update",
        _ => "delete",
    };
}
