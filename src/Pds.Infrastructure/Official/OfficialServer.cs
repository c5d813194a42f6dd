using System.Globalization;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Application.Takeover;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;

namespace Pds.Infrastructure.Official;

/// <summary>The data directory of an official server: <c>account.sqlite</c>, <c>sequencer.sqlite</c>, <c>actors/</c>.</summary>
internal sealed class OfficialServer(TakeoverOptions options) : IOfficialServer, IDisposable
{
    /// <summary>Since this one the tables have all that is read here.</summary>
    private const string LeastMigration = "003";

    private const string ReservedKeys = "reserved_keys";

    private readonly Lazy<bool> _isRunning = new(() => OfficialDatabase.IsOpenElsewhere(options.AccountDatabase));
    private PreparedConnection? _accounts;

    public OfficialCensus TakeCensus() => OfficialDatabase.Read(options.AccountDatabase, () =>
    {
        var migration = Accounts.Scalar("SELECT max(name) FROM kysely_migration") as string;
        if (string.CompareOrdinal(migration, LeastMigration) < 0)
            throw new OfficialDataException($"{options.AccountDatabase} was last used by a release that is too old (migration {migration ?? "none"}): start the server once in a present one");

        return new OfficialCensus(
            _isRunning.Value, Count("invite_code"), FindLastSeq(),
            Accounts.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'token'") is null ? 0 : Count("token"));
    });

    public IReadOnlyList<Did> ListAccounts() => OfficialDatabase.Read(options.AccountDatabase, () =>
    {
        using var rows = Accounts.Query("SELECT did FROM actor ORDER BY createdAt, did");
        var dids = new List<Did>();
        while (rows.Read()) dids.Add(Did.Parse(rows.GetString(0)));
        return dids;
    });

    public OfficialAccount ReadAccount(Did did) => OfficialDatabase.Read(options.AccountDatabase, () => OfficialAccountRows.Read(Accounts, did));

    public IOfficialActor OpenActor(Did did) => OfficialActor.Open(did, options, _isRunning.Value);

    public IEnumerable<InviteCode> ReadInvites() => OfficialDatabase.Read(options.AccountDatabase, () => OfficialInviteRows.Read(Accounts));

    public IEnumerable<OfficialReservedKey> ReadReservedKeys()
    {
        var folder = new DirectoryInfo(Path.Combine(options.ActorDirectory, ReservedKeys));
        if (!folder.Exists) yield break;
        foreach (var file in folder.EnumerateFiles())
        {
            var did = DidKey.TryParse(file.Name, out _) ? null : Did.TryParse(file.Name, out var owner) ? owner : throw new OfficialDataException($"{file.FullName} is named after neither a key nor a DID");
            yield return new OfficialReservedKey(OfficialActor.ReadKey(file.FullName), did);
        }
    }

    public IEnumerable<PastEvent> ReadEvents(DateTimeOffset since) => OfficialEvents.Read(options.SequencerDatabase, _isRunning.Value, since);

    public void Dispose() => _accounts?.Dispose();

    /// <summary>A datetime as the official server writes it.</summary>
    public static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private PreparedConnection Accounts => _accounts ??= OfficialDatabase.Open(options.AccountDatabase, _isRunning.Value);

    private int Count(string table) => (int)(long)Accounts.Scalar($"SELECT count(*) FROM {table}")!;

    private long FindLastSeq()
    {
        using var sequencer = OfficialDatabase.Open(options.SequencerDatabase, _isRunning.Value);
        return OfficialDatabase.Read(options.SequencerDatabase, () => (long?)sequencer.Scalar("SELECT max(seq) FROM repo_seq") ?? 0);
    }
}
