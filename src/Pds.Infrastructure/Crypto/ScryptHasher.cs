using System.Text;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Crypto;

/// <summary>App passwords under the official server's slow hash; in the same turns as passwords.</summary>
internal sealed class ScryptHasher(HashTurns turns) : IOfficialHasher
{
    public ValueTask<ReadOnlyMemory<byte>> HashAppPasswordAsync(Did did, Secret password, CancellationToken ct) => turns.RunAsync<ReadOnlyMemory<byte>>(
        () => ScryptHash.Derive(Encoding.UTF8.GetBytes(password.Reveal()), AppPassword.OfficialSaltOf(did)).Hash, ct);
}
