using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The official server's slow hash, for app passwords that were taken over from one: nobody knows them but their owners, so they are known again when they are used.</summary>
public interface IOfficialHasher
{
    /// <summary>What the official server keeps of an app password: scrypt, 64 bytes. Takes as much work as an account's own password.</summary>
    ValueTask<ReadOnlyMemory<byte>> HashAppPasswordAsync(Did did, Secret password, CancellationToken ct);
}
