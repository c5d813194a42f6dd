using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The codes that were sent by mail and have not been used. Changes are saved with the unit of work.</summary>
public interface IEmailTokenStore
{
    /// <summary>Keeps a code in the place of an earlier one for the same purpose.</summary>
    Task PutAsync(EmailToken token, CancellationToken ct);

    Task<EmailToken?> FindAsync(Did did, EmailTokenPurpose purpose, CancellationToken ct);

    /// <summary>The code with that hash, whoever it was sent to.</summary>
    Task<EmailToken?> FindAsync(EmailTokenPurpose purpose, ReadOnlyMemory<byte> hash, CancellationToken ct);

    Task RemoveAsync(Did did, EmailTokenPurpose purpose, CancellationToken ct);

    Task RemoveAllAsync(Did did, CancellationToken ct);
}
