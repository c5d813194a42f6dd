using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

internal sealed class EfDepartedNameStore(EfUnitOfWork unitOfWork, ReadConnections reads) : IDepartedNameStore
{
    public ValueTask<DepartedName?> FindAsync(Handle name, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var row = read.Sql.Query("SELECT pds, signing_key, handle FROM departed_name WHERE name = @0", name.Value);
        if (!row.Read()) return ValueTask.FromResult<DepartedName?>(null);

        var account = row.IsDBNull(0) ? null : new MovedAccount(new Uri(row.GetString(0)), DidKey.Parse(row.GetString(1)), Handle.Parse(row.GetString(2)));
        return ValueTask.FromResult<DepartedName?>(new DepartedName(name, account));
    }

    public void SetMoved(Handle name, MovedAccount account) => unitOfWork.Buffer(sql => sql.Execute(
        """
        INSERT INTO departed_name (name, pds, signing_key, handle) VALUES (@0, @1, @2, @3)
        ON CONFLICT (name) DO UPDATE SET pds = excluded.pds, signing_key = excluded.signing_key, handle = excluded.handle
        """,
        name.Value, account.Pds.AbsoluteUri, account.SigningKey.ToString(), account.Handle.Value));

    public void SetDeleted(Handle name) => unitOfWork.Buffer(sql => sql.Execute(
        "INSERT INTO departed_name (name) VALUES (@0) ON CONFLICT (name) DO NOTHING", name.Value));

    public void Remove(Handle name) => unitOfWork.Buffer(sql => sql.Execute("DELETE FROM departed_name WHERE name = @0", name.Value));
}
