using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The accounts' second factors, secrets encrypted at rest, and how often they were guessed wrong. Ask in the account's turn. Changes are saved with the unit of work.</summary>
public interface IFactorStore
{
    /// <summary>The account's authenticator app, set up or being set up.</summary>
    Task<TotpFactor?> FindTotpAsync(Did did, CancellationToken ct);

    /// <summary>Keeps an authenticator app in the place of an earlier one.</summary>
    Task PutTotpAsync(TotpFactor totp, CancellationToken ct);

    Task RemoveTotpAsync(Did did, CancellationToken ct);

    Task<int> CountBackupCodesAsync(Did did, CancellationToken ct);

    /// <summary>Keeps the hashes of these codes in the place of every earlier one.</summary>
    Task ReplaceBackupCodesAsync(Did did, IReadOnlyCollection<ReadOnlyMemory<byte>> hashes, CancellationToken ct);

    /// <summary>Uses a code up; false where there is none with that hash.</summary>
    Task<bool> TakeBackupCodeAsync(Did did, ReadOnlyMemory<byte> hash, CancellationToken ct);

    Task<WrongCodes?> FindWrongCodesAsync(Did did, CancellationToken ct);

    Task PutWrongCodesAsync(WrongCodes wrongCodes, CancellationToken ct);

    Task RemoveWrongCodesAsync(Did did, CancellationToken ct);
}
