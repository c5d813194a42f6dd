using System.Diagnostics.CodeAnalysis;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Official;

/// <summary>The firehose of <c>sequencer.sqlite</c>: there an event is a frame's body without its number and time.</summary>
internal static class OfficialEvents
{
    /// <summary>Bodies that are not what their type says are left out: nobody could have read them from the old server either.</summary>
    public static IEnumerable<PastEvent> Read(string path, bool isLive, DateTimeOffset since)
    {
        using var sequencer = OfficialDatabase.Open(path, isLive);
        using var rows = OfficialDatabase.Read(path, () => sequencer.Query(
            """
            SELECT seq, eventType, event, sequencedAt FROM repo_seq
            WHERE invalidated = 0 AND (sequencedAt >= @0 OR seq = (SELECT max(seq) FROM repo_seq WHERE invalidated = 0)) ORDER BY seq
            """,
            AtDatetime.Of(since).Value));
        while (OfficialDatabase.Read(path, rows.Read))
            if (TryParse(rows.GetString(1), rows.GetFieldValue<byte[]>(2), out var past))
                yield return new PastEvent(rows.GetInt64(0), OfficialServer.Moment(rows.GetString(3)), past);
    }

    private static bool TryParse(string type, byte[] body, [NotNullWhen(true)] out RepoEvent? past)
    {
        try
        {
            var fields = DagCborReader.DecodeObject(body);
            past = type switch
            {
                "append" => Commit(fields),
                "sync" => new SyncEvent(Did.Parse(Text(fields, "did")), Tid.Parse(Text(fields, "rev")), Bytes(fields, "blocks")),
                "identity" => new IdentityEvent(Did.Parse(Text(fields, "did")), fields.Text("handle") is { } handle ? AtSyntax.Parse<Handle>(handle) : null),
                "account" => new AccountEvent(Did.Parse(Text(fields, "did")), Status(fields)),
                _ => null, // of releases of long ago
            };
        }
        catch (Exception unreadable) when (unreadable is DataModelException or FormatException)
        {
            past = null;
        }

        return past is not null;
    }

    private static CommitEvent Commit(LexObject fields) => new(
        Did.Parse(Text(fields, "repo")), Link(fields, "commit") ?? throw Missing("commit"), Tid.Parse(Text(fields, "rev")),
        fields.Text("since") is { } since ? Tid.Parse(since) : null, Bytes(fields, "blocks"),
        [.. (fields["ops"] as LexArray ?? throw Missing("ops")).Items.Select(op => Op(op as LexObject ?? throw Missing("ops")))], Link(fields, "prevData"));

    private static RepoOp Op(LexObject op)
    {
        var action = Text(op, "action") switch { "create" => RepoAction.Create, "update" => RepoAction.Update, "delete" => RepoAction.Delete, _ => throw Missing("action") };
        return new RepoOp(action, RecordPath.Parse(Text(op, "path")), Link(op, "cid"), Link(op, "prev"));
    }

    private static AccountStatus Status(LexObject fields) =>
        fields["active"] is LexBoolean { Value: true } ? AccountStatus.Active
        : AccountStatusText.TryParse(Text(fields, "status"), out var status) ? status
        : throw Missing("status");

    private static string Text(LexObject fields, string name) => fields.Text(name) ?? throw Missing(name);

    private static ReadOnlyMemory<byte> Bytes(LexObject fields, string name) => (fields[name] as LexBytes ?? throw Missing(name)).Value;

    private static Cid? Link(LexObject fields, string name) => (fields[name] as LexLink)?.Value;

    private static FormatException Missing(string name) => new($"An event without its {name}");
}
