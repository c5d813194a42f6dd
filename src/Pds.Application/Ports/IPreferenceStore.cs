using Pds.Application.Errors;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The accounts' private preferences.</summary>
public interface IPreferenceStore
{
    /// <summary>All of an account's, in the order in which they were put.</summary>
    ValueTask<IReadOnlyList<Preference>> ListAsync(Did did, CancellationToken ct);

    /// <summary>Buffers that these are an account's preferences, and no others. Saved with the unit of work; call it in the account's turn.</summary>
    /// <exception cref="XrpcException">AccountNotFound, when it is saved: there is no such account.</exception>
    void Replace(Did did, IReadOnlyList<Preference> preferences);
}
