using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>What an administrator does to accounts, records and blobs, by the methods that there are for it.</summary>
public static class Moderating
{
    public const string UpdateStatus = "com.atproto.admin.updateSubjectStatus";

    /// <summary>A status that is to be set.</summary>
    public static object Applied(string? reference = null) => reference is null ? new { applied = true } : new { applied = true, @ref = reference };

    /// <summary>A status that is to be undone.</summary>
    public static object Undone { get; } = new { applied = false };

    public static Dictionary<string, object> Account(Did did) => new() { ["$type"] = "com.atproto.admin.defs#repoRef", ["did"] = did.Value };

    public static Dictionary<string, object> Record(string uri, string cid) => new() { ["$type"] = "com.atproto.repo.strongRef", ["uri"] = uri, ["cid"] = cid };

    public static Dictionary<string, object> Blob(Did did, string cid) =>
        new() { ["$type"] = "com.atproto.admin.defs#repoBlobRef", ["did"] = did.Value, ["cid"] = cid };

    /// <summary>Changes a subject's status as the administrator; null leaves a status as it is.</summary>
    public static Task<XrpcAnswer> ModerateAsync(this PdsFixture pds, object subject, object? takedown = null, object? deactivated = null) =>
        pds.Admin.PostAsync(UpdateStatus, Body(subject, takedown, deactivated));

    public static Dictionary<string, object> Body(object subject, object? takedown = null, object? deactivated = null)
    {
        var body = new Dictionary<string, object> { ["subject"] = subject };
        if (takedown is not null) body["takedown"] = takedown;
        if (deactivated is not null) body["deactivated"] = deactivated;
        return body;
    }

    /// <summary>An account that is taken down in the session that lets it leave.</summary>
    public static async Task<Actor> SignInToLeaveAsync(this Actor actor)
    {
        var session = await new XrpcClient(actor.Url).PostAsync(
            "com.atproto.server.createSession", new { identifier = actor.Handle, password = actor.Password, allowTakendown = true });
        return new Actor(actor.Url, session.Ok(), actor.Password);
    }
}
