using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence.Writing;

namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>Preferences. Every app asks for them when it starts, so reading is prepared SQL; all of an account's are replaced at once, so writing is too.</summary>
internal sealed class EfPreferenceStore(EfUnitOfWork unitOfWork, ReadConnections reads) : IPreferenceStore
{
    public ValueTask<IReadOnlyList<Preference>> ListAsync(Did did, CancellationToken ct)
    {
        using var read = reads.Rent();
        using var rows = read.Sql.Query("SELECT type, json FROM account_preference WHERE did = @0 ORDER BY position", did.Value);
        var preferences = new List<Preference>();
        while (rows.Read()) preferences.Add(new Preference(rows.GetString(0), rows.GetString(1)));
        return ValueTask.FromResult<IReadOnlyList<Preference>>(preferences);
    }

    public void Replace(Did did, IReadOnlyList<Preference> preferences)
    {
        unitOfWork.RequireAccount(did);
        unitOfWork.Buffer(sql =>
        {
            sql.Execute("DELETE FROM account_preference WHERE did = @0", did.Value);
            for (var i = 0; i < preferences.Count; i++)
                sql.Execute("INSERT INTO account_preference (did, position, type, json) VALUES (@0, @1, @2, @3)", did.Value, i, preferences[i].Type, preferences[i].Json);
        });
    }
}
