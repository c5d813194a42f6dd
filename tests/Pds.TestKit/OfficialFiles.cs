using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;

namespace Pds.TestKit;

/// <summary>A data directory as an official server leaves it behind, with the columns that it has; goes away when it is disposed. (tests/clients has one that such a server itself has made.)</summary>
public sealed class OfficialFiles : IDisposable
{
    /// <summary>What all of its people have as their password.</summary>
    public const string Password = "correct horse";

    // What scrypt makes of it with that salt, by Node.js.
    private const string PasswordHash =
        "00112233445566778899aabbccddeeff:3e19ebeabf15ad17c24de695284e79441c0d80c6d98b95a3c052c58a0d57b09f83b0742a5805af28a0b5bbcf673af62819b91eb830a104fb0bb42def767f52aa";

    private const string AccountTables =
        """
        CREATE TABLE kysely_migration (name varchar(255) NOT NULL PRIMARY KEY, timestamp varchar(255) NOT NULL);
        INSERT INTO kysely_migration VALUES ('001', ''), ('007', '');
        CREATE TABLE actor (did varchar PRIMARY KEY, handle varchar, createdAt varchar NOT NULL, takedownRef varchar, deactivatedAt varchar, deleteAfter varchar);
        CREATE TABLE account (did varchar PRIMARY KEY, email varchar NOT NULL, passwordScrypt varchar NOT NULL, emailConfirmedAt varchar, invitesDisabled int2 NOT NULL DEFAULT 0);
        CREATE TABLE app_password (did varchar NOT NULL, name varchar NOT NULL, passwordScrypt varchar NOT NULL, createdAt varchar NOT NULL, privileged integer NOT NULL DEFAULT 0);
        CREATE TABLE refresh_token (id varchar PRIMARY KEY, did varchar NOT NULL, expiresAt varchar NOT NULL, nextId varchar, appPasswordName varchar);
        CREATE TABLE email_token (purpose varchar NOT NULL, did varchar NOT NULL, token varchar NOT NULL, requestedAt varchar NOT NULL);
        CREATE TABLE invite_code (code varchar PRIMARY KEY, availableUses integer NOT NULL, disabled int2 DEFAULT 0, forAccount varchar NOT NULL, createdBy varchar NOT NULL, createdAt varchar NOT NULL);
        CREATE TABLE invite_code_use (code varchar NOT NULL, usedBy varchar NOT NULL, usedAt varchar NOT NULL);
        CREATE TABLE token (id integer PRIMARY KEY, did varchar NOT NULL);
        """;

    private const string StoreTables =
        """
        CREATE TABLE repo_root (did varchar PRIMARY KEY, cid varchar NOT NULL, rev varchar NOT NULL, indexedAt varchar NOT NULL);
        CREATE TABLE repo_block (cid varchar PRIMARY KEY, repoRev varchar NOT NULL, size integer NOT NULL, content blob NOT NULL);
        CREATE TABLE record (uri varchar PRIMARY KEY, cid varchar NOT NULL, collection varchar NOT NULL, rkey varchar NOT NULL, repoRev varchar NOT NULL, indexedAt varchar NOT NULL, takedownRef varchar);
        CREATE TABLE blob (cid varchar PRIMARY KEY, mimeType varchar NOT NULL, size integer NOT NULL, tempKey varchar, width integer, height integer, createdAt varchar NOT NULL, takedownRef varchar);
        CREATE TABLE account_pref (id integer PRIMARY KEY AUTOINCREMENT, name varchar NOT NULL, valueJson text NOT NULL);
        """;

    private const string SequencerTables =
        "CREATE TABLE repo_seq (seq integer PRIMARY KEY AUTOINCREMENT, did varchar NOT NULL, eventType varchar NOT NULL, event blob NOT NULL, invalidated int2 NOT NULL DEFAULT 0, sequencedAt varchar NOT NULL);";

    private int _people;

    public OfficialFiles()
    {
        foreach (var name in new[] { "actors", "blocks" }) Folder.CreateSubdirectory(name);
        Execute(Accounts, AccountTables);
        Execute(Sequencer, SequencerTables);
    }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("pds-official-");

    public string Accounts => Path.Combine(Folder.FullName, "account.sqlite");

    public string Sequencer => Path.Combine(Folder.FullName, "sequencer.sqlite");

    public DirectoryInfo Blobs => new(Path.Combine(Folder.FullName, "blocks"));

    /// <summary>A datetime as that server writes it.</summary>
    public static string At(DateTimeOffset moment) => AtDatetime.Of(moment).Value;

    /// <summary>An account with so many posts, and for each of these blobs a record that mentions it.</summary>
    /// <param name="signedBy">Who signed the repo's head; the account's own key unless told.</param>
    /// <param name="commitOf">Whose repo the head says that it is; the account's own unless told.</param>
    public OfficialPerson AddPerson(string name = "alice", int posts = 3, PrivateKey? signedBy = null, Did? commitOf = null, params byte[][] blobs)
    {
        var did = Did.Parse($"did:plc:{Base32.Encode(RandomNumberGenerator.GetBytes(15))}");
        var (handle, key, now) = ($"{name}{++_people}.test", PrivateKey.Generate(Curve.K256), TimeProvider.System.GetUtcNow());
        Execute(Accounts, "INSERT INTO actor (did, handle, createdAt) VALUES (@0, @1, @2)", did.Value, handle, At(now));
        Execute(Accounts, "INSERT INTO account (did, email, passwordScrypt) VALUES (@0, @1, @2)", did.Value, $"{handle}@example.com", PasswordHash);

        var folder = Folder.CreateSubdirectory($"actors/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(did.Value)))[..2]}/{did}");
        File.WriteAllBytes(Path.Combine(folder.FullName, "key"), key.Reveal().ToArray());
        var person = new OfficialPerson(did, handle, key, Path.Combine(folder.FullName, "store.sqlite"));
        Execute(person.Store, StoreTables);
        foreach (var blob in blobs) AddBlob(person, blob);
        WriteRepo(person, Records(posts, blobs), signedBy ?? key, commitOf ?? did);
        return person;
    }

    public void AddEvent(Did did, long seq, DateTimeOffset at) => Execute(
        Sequencer, "INSERT INTO repo_seq (seq, did, eventType, event, sequencedAt) VALUES (@0, @1, 'account', @2, @3)", seq, did.Value,
        DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue> { ["did"] = new LexString(did.Value), ["active"] = new LexBoolean(true) })), At(at));

    public static void Execute(string database, string sql, params object[] values)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"@{i}", values[i]);
        command.ExecuteNonQuery();
    }

    public FileInfo BlobFile(OfficialPerson person, byte[] bytes) => new(Path.Combine(Blobs.FullName, person.Did.Value, CidOf(bytes).ToString()));

    public static Cid CidOf(byte[] blob) => Cid.Of(CidCodec.Raw, blob);

    public void Dispose() => Folder.Delete(recursive: true);

    private void AddBlob(OfficialPerson person, byte[] bytes)
    {
        Blobs.CreateSubdirectory(person.Did.Value);
        File.WriteAllBytes(BlobFile(person, bytes).FullName, bytes);
        Execute(
            person.Store, "INSERT INTO blob (cid, mimeType, size, createdAt) VALUES (@0, 'image/png', @1, @2)", CidOf(bytes).ToString(), bytes.Length, At(TimeProvider.System.GetUtcNow()));
    }

    private static RecordWrite[] Records(int posts, byte[][] blobs) =>
    [
        .. Enumerable.Range(0, posts).Select(i => Write($"app.bsky.feed.post/{new Tid((ulong)(i + 1) << 30)}", new LexString($"post {i}"))),
        .. blobs.Select((blob, i) => Write($"com.example.file/file-{i}", BlobOf(blob))),
    ];

    private static RecordWrite Write(string path, LexValue content)
    {
        var place = RecordPath.Parse(path);
        return new RecordWrite(place, Block.Of(DagCborWriter.Encode(new LexObject(new Dictionary<string, LexValue>
        {
            ["$type"] = new LexString(place.Collection.Value), ["text"] = content, ["createdAt"] = new LexString("2026-01-01T00:00:00.000Z"),
        }))));
    }

    private static LexObject BlobOf(byte[] blob) => new(new Dictionary<string, LexValue>
    {
        ["$type"] = new LexString("blob"), ["ref"] = new LexLink(CidOf(blob)), ["mimeType"] = new LexString("image/png"), ["size"] = new LexInteger(blob.Length),
    });

    private static void WriteRepo(OfficialPerson person, RecordWrite[] records, PrivateKey signer, Did commitOf)
    {
        var rev = new Tid((ulong)Tid.MicrosecondsOf(TimeProvider.System.GetUtcNow()) << 10);
        var change = RepoDiff.Of(MstTree.Empty, records).Sign(before: null, commitOf, rev, new KeyFactory().Import(signer));
        using var connection = new SqliteConnection($"Data Source={person.Store};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR IGNORE INTO repo_block (cid, repoRev, size, content) VALUES (@cid, @rev, 0, @content)";
        foreach (var block in change.Diff.Nodes.Added.Append(change.Commit.Block).Concat(records.Select(record => record.Record!.Value)))
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("@cid", block.Cid.ToString());
            insert.Parameters.AddWithValue("@rev", rev.ToString());
            insert.Parameters.AddWithValue("@content", block.Bytes.ToArray());
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        Execute(person.Store, "INSERT INTO repo_root (did, cid, rev, indexedAt) VALUES (@0, @1, @2, '')", person.Did.Value, change.Commit.Cid.ToString(), rev.ToString());
    }
}

/// <summary>Somebody who has an account on an official server.</summary>
/// <param name="Key">The account's key.</param>
/// <param name="Store">The path of its <c>store.sqlite</c>.</param>
public sealed record OfficialPerson(Did Did, string Handle, PrivateKey Key, string Store)
{
    public DidKey PublicKey => new KeyFactory().Import(Key).PublicKey;

    /// <summary>The head of its repo.</summary>
    public Cid Head
    {
        get
        {
            using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT cid FROM repo_root";
            return Cid.Parse((string)command.ExecuteScalar()!);
        }
    }
}
