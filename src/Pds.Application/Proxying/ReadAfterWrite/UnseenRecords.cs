using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Finds what an account has written since a rev, and tells what is gone from what never was there.</summary>
internal sealed class UnseenRecords(IRepoStore repos, IRecordIndex index, TimeProvider time)
{
    /// <summary>How far back it is looked: a service that lags further behind has greater troubles than a post that does not show.</summary>
    private const int MaxRecords = 100;

    private static readonly RecordPath Profile = RecordPath.Parse("app.bsky.actor.profile/self");

    /// <summary>What a service has not seen yet; null where it has seen all, or does not say what.</summary>
    /// <param name="account">Whose: an active one. Of any other nothing is shown to anybody.</param>
    /// <param name="service">Who answers.</param>
    /// <param name="seen">The rev of the account's repo that the service says it has seen.</param>
    /// <param name="ct">Ends the search.</param>
    public async ValueTask<Unseen?> SinceAsync(Account account, ServiceRoute service, string? seen, CancellationToken ct)
    {
        if (!account.IsActive || !Tid.TryParse(seen, out var rev)) return null;
        if (await repos.FindAsync(account.Did, ct) is not { } repo || repo.Head.Rev <= rev) return null;

        var since = await index.ListSinceAsync(account.Did, rev, MaxRecords, ct);
        var newest = since.HasOlder ? since.Newest : [.. since.Newest.Where(written => written.Record.Path == Profile || IsNewerThan(rev, written.Record.Path.Rkey))];
        if (newest.Count == 0 && !since.HasOlder) return null;

        var oldest = newest.Count > 0 ? newest[^1].Rev : repo.Head.Rev;
        return new Unseen(account, service, [.. newest.Select(written => Of(account.Did, written))], KnowsGone: since.HasOlder, Lag: TimeSpan.FromTicks(Math.Max(0, (time.GetUtcNow() - MomentOf(oldest)).Ticks)));
    }

    /// <summary>Whether something that a service names was the account's and is no more.</summary>
    public async ValueTask<bool> AreGoneAsync(Unseen unseen, string? named, CancellationToken ct) =>
        unseen.KnowsGone && AtUri.TryParse(named, out var parsed) && parsed.Authority.Did == unseen.Did && parsed is { Collection: { } collection, Rkey: { } rkey }
        && await index.FindAsync(unseen.Did, new RecordPath(collection, rkey), ct) is null;

    /// <summary>The account's profile as it is now; null where it has none.</summary>
    public async ValueTask<LexObject?> FindProfileAsync(Did did, CancellationToken ct) =>
        await index.FindAsync(did, Profile, ct) is { TakedownRef: null } profile ? DagCborReader.DecodeObject(profile.Content.Span) : null;

    /// <summary>In a repo that came here whole, all has the rev of that day. When something was written shows in its key, if at all; the profile is right in any case.</summary>
    private static bool IsNewerThan(Tid rev, RecordKey rkey) => Tid.TryParse(rkey.Value, out var written) && written > rev;

    private static UnseenRecord Of(Did did, WrittenRecord written) => new(
        AtUri.Of(did, written.Record.Path.Collection, written.Record.Path.Rkey), written.Record.Cid, MomentOf(written.Rev), DagCborReader.DecodeObject(written.Record.Content.Span));

    private static DateTimeOffset MomentOf(Tid rev) => DateTimeOffset.UnixEpoch.AddTicks(rev.Microseconds * TimeSpan.TicksPerMicrosecond);
}
