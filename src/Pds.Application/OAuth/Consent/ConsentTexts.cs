using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Consent;

/// <summary>All that people read about permissions, in English.</summary>
internal static class ConsentTexts
{
    public const string Identification = "Know who you are: your handle, your DID, and what is public about you";
    public const string Generic = "Do nearly all that you can do: write and delete any public record, upload any file, and call any service in your name. Not your direct messages, not your password";
    public const string OldChat = "Read and send your direct messages on Bluesky";
    public const string SeeEmail = "See your e-mail address, and whether it is confirmed";
    public const string ManageEmail = "See your e-mail address, and have it confirmed";
    public const string SeeRepo = "Know about your repository, which is public anyway";
    public const string ManageRepo = "Replace all your public records by those of a file";
    public const string SeeStatus = "Know whether your account is active";
    public const string ManageStatus = "Deactivate your account";
    public const string Handle = "Change your handle";
    public const string WholeIdentity = "Change your handle, and your DID document: its keys, and the server that has your account. Whoever may do this can take your account away";
    public const string AnyUpload = "Upload files of any kind";
    public const string Uploads = "Upload files of these kinds";

    private static readonly Dictionary<string, string> Collections = new()
    {
        ["app.bsky.actor.profile"] = "your profile",
        ["app.bsky.actor.status"] = "your status",
        ["app.bsky.feed.generator"] = "feeds",
        ["app.bsky.feed.like"] = "likes",
        ["app.bsky.feed.post"] = "posts",
        ["app.bsky.feed.postgate"] = "rules for quotes of your posts",
        ["app.bsky.feed.repost"] = "reposts",
        ["app.bsky.feed.threadgate"] = "rules for replies to your posts",
        ["app.bsky.graph.block"] = "blocks",
        ["app.bsky.graph.follow"] = "follows",
        ["app.bsky.graph.list"] = "lists",
        ["app.bsky.graph.listblock"] = "blocks of lists",
        ["app.bsky.graph.listitem"] = "members of lists",
        ["app.bsky.graph.starterpack"] = "starter packs",
        ["app.bsky.graph.verification"] = "verifications of others",
        ["app.bsky.labeler.service"] = "your labeling service",
        ["chat.bsky.actor.declaration"] = "who may send you messages",
    };

    public static string TitleOf(ConsentTopic topic) => topic switch
    {
        ConsentTopic.Identification => "Who you are",
        ConsentTopic.Everything => "Nearly everything",
        ConsentTopic.Sets => "What goes together",
        ConsentTopic.Identity => "Your name in the network",
        ConsentTopic.Account => "Your account",
        ConsentTopic.Messages => "Your direct messages",
        ConsentTopic.Records => "What you publish",
        ConsentTopic.Uploads => "Files",
        _ => "Other services, in your name",
    };

    /// <summary>"Create and delete public records of these kinds".</summary>
    public static string Records(IReadOnlyList<RepoAction> actions, bool isAll)
    {
        var verbs = actions.Select(action => action switch
        {
            RepoAction.Create => "create",
            RepoAction.Update => "change",
            _ => "delete",
        }).ToList();
        var list = Join(verbs);
        return $"{char.ToUpperInvariant(list[0])}{list[1..]} {(isAll ? "public records of any kind" : "public records of these kinds")}";
    }

    /// <summary>"posts (app.bsky.feed.post)".</summary>
    public static string Collection(Nsid collection) => Collections.TryGetValue(collection.Value, out var words) ? $"{words} ({collection})" : collection.Value;

    public static string Calls(bool isAll, DidReference? service) =>
        $"{(isAll ? "Do anything" : "Call these methods")} in your name at {(service is null ? "any service" : Service(service))}";

    /// <summary>"The permissions of app.example.authFull".</summary>
    public static string Set(IncludeScope include) =>
        include.Audience is null ? $"The permissions of {include.Set}" : $"The permissions of {include.Set}, at {Service(include.Audience)}";

    /// <summary>A permission set that cannot be looked at now: it is not granted as long as that is so.</summary>
    public static string UnknownSet(Nsid set) => $"The permissions of {set}, which cannot be looked up now";

    /// <summary>The host is what people may know; the rest of the name says which of its services.</summary>
    private static string Service(DidReference service) =>
        service.Did.Method == "web" ? $"{Uri.UnescapeDataString(service.Did.Identifier)} ({service.Fragment})" : service.ToString();

    private static string Join(List<string> words) => words.Count == 1 ? words[0] : $"{string.Join(", ", words[..^1])} and {words[^1]}";
}
