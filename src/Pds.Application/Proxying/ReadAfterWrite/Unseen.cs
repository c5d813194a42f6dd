using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>What the caller has written that a service has not seen yet.</summary>
/// <param name="Account">The caller's.</param>
/// <param name="Service">The service that was asked.</param>
/// <param name="Records">The newest first.</param>
/// <param name="KnowsGone">Whether what the service names and the repo does not have was deleted.</param>
/// <param name="Lag">How old the oldest of it is.</param>
internal sealed record Unseen(Account Account, ServiceRoute Service, IReadOnlyList<UnseenRecord> Records, bool KnowsGone, TimeSpan Lag)
{
    private readonly Dictionary<string, string> _likes = SubjectsIn(Records, "app.bsky.feed.like", like => like.Object("subject")?.Text("uri"));
    private readonly Dictionary<string, string> _reposts = SubjectsIn(Records, "app.bsky.feed.repost", repost => repost.Object("subject")?.Text("uri"));
    private readonly Dictionary<string, string> _follows = SubjectsIn(Records, "app.bsky.graph.follow", follow => follow.Text("subject"));

    public Did Did => Account.Did;

    /// <summary>The posts, the newest first.</summary>
    public IReadOnlyList<UnseenRecord> Posts { get; } = [.. In(Records, "app.bsky.feed.post")];

    /// <summary>Whether the profile is among them.</summary>
    public bool HasProfile { get; } = In(Records, "app.bsky.actor.profile").Any(profile => profile.Uri.Rkey!.Value == "self");

    /// <summary>What is liked, the newest like first.</summary>
    public IReadOnlyCollection<string> Liked => _likes.Keys;

    /// <summary>The like of a post.</summary>
    public string? LikeOf(string post) => _likes.GetValueOrDefault(post);

    public string? RepostOf(string post) => _reposts.GetValueOrDefault(post);

    /// <summary>The follow of an account.</summary>
    public string? FollowOf(Did account) => _follows.GetValueOrDefault(account.Value);

    /// <summary>Whether it is the caller whom that names.</summary>
    public bool IsOf(AtIdentifier actor) => actor.Did == Did || (actor.Handle is not null && actor.Handle == Account.Handle);

    public UnseenRecord? FindPost(string named) => Posts.FirstOrDefault(post => post.Uri.ToString() == named);

    private static IEnumerable<UnseenRecord> In(IReadOnlyList<UnseenRecord> records, string collection) =>
        records.Where(record => record.Uri.Collection!.Value == collection);

    private static Dictionary<string, string> SubjectsIn(IReadOnlyList<UnseenRecord> records, string collection, Func<LexObject, string?> subjectOf)
    {
        var subjects = new Dictionary<string, string>();
        foreach (var record in In(records, collection))
            if (subjectOf(record.Value) is { } subject) subjects.TryAdd(subject, record.Uri.ToString());
        return subjects;
    }
}
