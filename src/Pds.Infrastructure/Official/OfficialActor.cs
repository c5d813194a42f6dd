using System.Security.Cryptography;
using System.Text;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Application.Takeover;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;

namespace Pds.Infrastructure.Official;

/// <summary>One account's folder: <c>actors/xx/did:plc:…/</c> with <c>store.sqlite</c> and <c>key</c>, where <c>xx</c> begins the SHA-256 of the DID.</summary>
internal sealed class OfficialActor : IOfficialActor
{
    private readonly Did _did;
    private readonly string _folder;
    private readonly string _path;
    private readonly TakeoverOptions _options;
    private readonly PreparedConnection _store;

    private OfficialActor(Did did, string folder, string path, TakeoverOptions options, bool isLive)
    {
        (_did, _folder, _path, _options) = (did, folder, path, options);
        _store = OfficialDatabase.Open(path, isLive);
    }

    public static OfficialActor Open(Did did, TakeoverOptions options, bool isLive)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(did.Value)));
        var folder = Path.Combine(options.ActorDirectory, hash[..2], did.Value);
        return new OfficialActor(did, folder, Path.Combine(folder, "store.sqlite"), options, isLive);
    }

    public PrivateKey Key => ReadKey(Path.Combine(_folder, "key"));

    public Cid Head => Read(() => _store.Scalar("SELECT cid FROM repo_root LIMIT 1") is string cid ? Cid.Parse(cid) : throw new OfficialDataException($"{_path} has no repo"));

    /// <summary>32 bytes of K-256: all that official servers sign with.</summary>
    public static PrivateKey ReadKey(string file)
    {
        try
        {
            return PrivateKey.Of(Curve.K256, File.ReadAllBytes(file));
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new OfficialDataException($"The key {file} cannot be read: {wrong.Message}", wrong);
        }
    }

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        block = Read(() => _store.Scalar("SELECT content FROM repo_block WHERE cid = @0", cid.ToString()) as byte[]);
        if (block.Length > 0 && Cid.Of(cid.Codec, block.Span) != cid) throw new DataModelException($"The block {cid} is damaged");
        return block.Length > 0;
    }

    public Stream OpenCar() => new CarStream(Head, ReadBlocks());

    public IEnumerable<(RecordPath Path, string TakedownRef)> ReadTakedowns() => Read(() =>
    {
        var found = new List<(RecordPath, string)>();
        using var rows = _store.Query("SELECT collection, rkey, takedownRef FROM record WHERE takedownRef IS NOT NULL");
        while (rows.Read()) found.Add((RecordPath.Parse($"{rows.GetString(0)}/{rows.GetString(1)}"), rows.GetString(2)));
        return found;
    });

    public IReadOnlyList<OfficialBlob> ReadBlobs(Cid? after, int limit) => Read(() =>
    {
        using var rows = _store.Query(
            "SELECT cid, mimeType, size, tempKey, createdAt, takedownRef FROM blob WHERE cid > @0 ORDER BY cid LIMIT @1", after?.ToString() ?? "", limit);
        var found = new List<OfficialBlob>();
        while (rows.Read())
        {
            var (temporary, takedown) = (rows.IsDBNull(3) ? null : rows.GetString(3), rows.IsDBNull(5) ? null : rows.GetString(5));
            var createdAt = OfficialServer.Moment(rows.GetString(4));
            var blob = new StoredBlob(
                Cid.Parse(rows.GetString(0)), rows.GetString(1), rows.GetInt64(2), createdAt, temporary is null || takedown is not null ? null : createdAt, takedown);
            found.Add(new OfficialBlob(blob, FileOf(blob.Cid, temporary, takedown)));
        }

        return found;
    });

    public int CountBlobs() => Read(() => (int)(long)_store.Scalar("SELECT count(*) FROM blob")!);

    public IReadOnlyList<Preference> ReadPreferences() => Read(() =>
    {
        using var rows = _store.Query("SELECT name, valueJson FROM account_pref ORDER BY id");
        var found = new List<Preference>();
        while (rows.Read()) found.Add(new Preference(rows.GetString(0), rows.GetString(1)));
        return found;
    });

    public void Dispose() => _store.Dispose();

    private IEnumerable<Block> ReadBlocks()
    {
        using var rows = Read(() => _store.Query("SELECT cid, content FROM repo_block ORDER BY rowid"));
        while (Read(rows.Read)) yield return Read(() => new Block(Cid.Parse(rows.GetString(0)), rows.GetFieldValue<byte[]>(1)));
    }

    private T Read<T>(Func<T> read) => OfficialDatabase.Read(_path, read);

    private string FileOf(Cid cid, string? temporary, string? takedown) =>
        temporary is not null ? Path.Combine(_options.BlobTemporaryDirectory, _did.Value, temporary)
        : takedown is not null ? Path.Combine(_options.BlobDirectory, "quarantine", _did.Value, cid.ToString())
        : Path.Combine(_options.BlobDirectory, _did.Value, cid.ToString());
}
