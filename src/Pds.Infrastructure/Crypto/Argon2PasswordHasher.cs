using System.Security.Cryptography;
using System.Text;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Infrastructure.Crypto;

/// <summary>Argon2id, one lane. Hashes that were taken over from an official server (scrypt) are checked too, and are to be made anew.</summary>
internal sealed class Argon2PasswordHasher(HashTurns turns, HashWork work) : IPasswordHasher
{
    private static readonly byte[] NobodysSalt = new byte[Argon2Hash.SaltLength];

    public async ValueTask<string> HashAsync(Secret password, CancellationToken ct) =>
        (await DeriveAsync(password, RandomNumberGenerator.GetBytes(Argon2Hash.SaltLength), work.Memory, work.Passes, ct)).ToString();

    public async ValueTask<PasswordCheck> VerifyAsync(string? stored, Secret password, CancellationToken ct)
    {
        if (stored is null)
        {
            await DeriveAsync(password, NobodysSalt, work.Memory, work.Passes, ct);
            return PasswordCheck.Wrong;
        }

        if (ScryptHash.TryParse(stored, out var scrypt)) return await VerifyAsync(scrypt, password, ct);

        var expected = Argon2Hash.Parse(stored);
        var actual = await DeriveAsync(password, expected.Salt, expected.Memory, expected.Passes, ct);

        if (!CryptographicOperations.FixedTimeEquals(actual.Hash, expected.Hash)) return PasswordCheck.Wrong;
        return expected.Memory < work.Memory || expected.Passes < work.Passes ? PasswordCheck.RightButWeak : PasswordCheck.Right;
    }

    private async ValueTask<PasswordCheck> VerifyAsync(ScryptHash expected, Secret password, CancellationToken ct)
    {
        var actual = await turns.RunAsync(() => ScryptHash.Derive(Encoding.UTF8.GetBytes(password.Reveal()), expected.Salt), ct);
        return CryptographicOperations.FixedTimeEquals(actual.Hash, expected.Hash) ? PasswordCheck.RightButWeak : PasswordCheck.Wrong;
    }

    private ValueTask<Argon2Hash> DeriveAsync(Secret password, byte[] salt, int memory, int passes, CancellationToken ct) =>
        turns.RunAsync(() => Argon2Hash.Derive(Encoding.UTF8.GetBytes(password.Reveal()), salt, memory, passes), ct);
}
