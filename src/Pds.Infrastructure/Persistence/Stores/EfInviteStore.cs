using System.Data.Common;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Invite codes. Whether one may be used is decided by the statement that uses it, so that nobody gets in between.</summary>
internal sealed class EfInviteStore(EfUnitOfWork unitOfWork, ReadConnections reads) : IInviteStore
{
    private const string Columns =
        """
        SELECT code, available_uses, disabled, for_account, created_by, created_at,
            (SELECT COUNT(*) FROM invite_code_use u WHERE u.code = c.code) AS uses
        FROM invite_code c
        """;

    /// <summary>How many are asked for by one statement.</summary>
    private const int Batch = 100;

    private const string UsableCode =
        """
        FROM invite_code c
        WHERE c.code = @0 AND c.disabled = 0
            AND c.available_uses > (SELECT COUNT(*) FROM invite_code_use u WHERE u.code = c.code)
            AND NOT EXISTS (SELECT 1 FROM account a WHERE a.did = c.for_account AND a.takedown_ref IS NOT NULL)
        """;

    private const string NewCode =
        "INSERT INTO invite_code (code, available_uses, disabled, for_account, created_by, created_at) VALUES (@0, @1, @2, @3, @4, @5)";

    private static readonly string Places = string.Join(", ", Enumerable.Range(0, Batch).Select(place => $"@{place}"));

    public Task<bool> IsUsableAsync(string code, CancellationToken ct)
    {
        using var read = reads.Rent();
        return Task.FromResult(read.Sql.Scalar($"SELECT 1 {UsableCode}", code) is not null);
    }

    public Task<ILookup<Did, InviteCode>> ListOfAsync(IReadOnlyCollection<Did> dids, CancellationToken ct) => Task.FromResult(
        ReadOf($"{Columns} WHERE for_account IN ({Places}) ORDER BY created_at, code", dids).ToLookup(code => code.ForAccount.Did!));

    public Task<IReadOnlyDictionary<Did, InviteCode>> FindUsedByAsync(IReadOnlyCollection<Did> dids, CancellationToken ct)
    {
        var codes = ReadOf($"{Columns} WHERE code IN (SELECT code FROM invite_code_use WHERE used_by IN ({Places}))", dids);
        var uses = codes.SelectMany(code => code.Uses.Select(use => (Code: code, Use: use))).ToLookup(pair => pair.Use.UsedBy);
        return Task.FromResult<IReadOnlyDictionary<Did, InviteCode>>(
            dids.Distinct().Where(uses.Contains).ToDictionary(did => did, did => uses[did].MaxBy(pair => pair.Use.UsedAt).Code));
    }

    public Task<IReadOnlyList<InviteCode>> ListAsync(InviteSort sort, InvitePosition? after, int limit, CancellationToken ct)
    {
        var (key, code) = after ?? new InvitePosition(long.MaxValue, "");
        return Task.FromResult<IReadOnlyList<InviteCode>>(sort == InviteSort.Recent
            ? Read($"{Columns} WHERE (created_at, code) < (@0, @1) ORDER BY created_at DESC, code DESC LIMIT @2", key, code, limit)
            : Read($"SELECT * FROM ({Columns}) c WHERE (uses, code) < (@0, @1) ORDER BY uses DESC, code DESC LIMIT @2", key, code, limit));
    }

    public void Add(InviteCode code) => unitOfWork.Buffer(sql => Insert(sql, NewCode, code));

    public void AddPast(InviteCode code) => unitOfWork.Buffer(sql =>
    {
        Insert(sql, $"{NewCode} ON CONFLICT DO NOTHING", code);
        foreach (var use in code.Uses)
        {
            sql.Execute(
                "INSERT INTO invite_code_use (code, used_by, used_at) VALUES (@0, @1, @2) ON CONFLICT DO NOTHING",
                code.Code, use.UsedBy.Value, use.UsedAt.ToUnixTimeMilliseconds());
        }
    });

    public void AddEarned(Did did, IReadOnlyList<InviteCode> codes, int total)
    {
        foreach (var code in codes) Add(code);
        unitOfWork.Buffer(sql =>
        {
            var earned = (long)sql.Scalar("SELECT COUNT(*) FROM invite_code WHERE for_account = @0 AND created_by = @0", did.Value)!;
            if (earned > total) throw XrpcException.DuplicateCreate();
        });
    }

    public void AddUse(string code, InviteCodeUse use) => unitOfWork.Buffer(sql =>
    {
        var added = sql.Execute(
            $"INSERT INTO invite_code_use (code, used_by, used_at) SELECT c.code, @1, @2 {UsableCode}",
            code, use.UsedBy.Value, use.UsedAt.ToUnixTimeMilliseconds());
        if (added == 0) throw XrpcException.InvalidInviteCode();
    });

    public void Disable(string code) => unitOfWork.Buffer(sql => sql.Execute("UPDATE invite_code SET disabled = 1 WHERE code = @0", code));

    public void DisableAllOf(Did did) => unitOfWork.Buffer(sql => sql.Execute("UPDATE invite_code SET disabled = 1 WHERE for_account = @0", did.Value));

    private static void Insert(PreparedConnection sql, string statement, InviteCode code) => sql.Execute(
        statement, code.Code, code.AvailableUses, code.Disabled ? 1 : 0, code.ForAccount.ToString(), code.CreatedBy.ToString(), code.CreatedAt.ToUnixTimeMilliseconds());

    private List<InviteCode> ReadOf(string sql, IReadOnlyCollection<Did> dids) => [.. dids.Select(did => did.Value).Chunk(Batch).SelectMany(some => Read(sql, Padded(some)))];

    private List<InviteCode> Read(string sql, params ReadOnlySpan<object?> values)
    {
        using var read = reads.Rent();
        var codes = new List<InviteCode>();
        using (var rows = read.Sql.Query(sql, values))
        {
            while (rows.Read()) codes.Add(Map(rows));
        }

        var uses = codes.Select(code => code.Code).Chunk(Batch).SelectMany(some => ReadUses(read.Sql, some)).ToLookup(pair => pair.Code, pair => pair.Use);
        return [.. codes.Select(code => code with { Uses = [.. uses[code.Code]] })];
    }

    private static List<(string Code, InviteCodeUse Use)> ReadUses(PreparedConnection sql, string[] codes)
    {
        var uses = new List<(string, InviteCodeUse)>();
        using var rows = sql.Query($"SELECT code, used_by, used_at FROM invite_code_use WHERE code IN ({Places}) ORDER BY used_at DESC, used_by", Padded(codes));
        while (rows.Read()) uses.Add((rows.GetString(0), new InviteCodeUse(Did.Parse(rows.GetString(1)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2)))));
        return uses;
    }

    /// <summary>As many values as there are places: what is left over is null, which equals nothing.</summary>
    private static object?[] Padded(string[] some)
    {
        var values = new object?[Batch];
        some.CopyTo(values, 0);
        return values;
    }

    private static InviteCode Map(DbDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetInt64(2) != 0,
        AtSyntax.Parse<InviteOwner>(row.GetString(3)), AtSyntax.Parse<InviteOwner>(row.GetString(4)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}
