using System.Security.Cryptography;
using System.Text;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Infrastructure.Crypto;

/// <summary>Argon2id with OWASP's parameters (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.</summary>
/// <remarks>A few hashes run at once, off the request's thread; the rest wait their turn, so that a flood of sign-ins costs time and not memory.</remarks>
internal sealed class Argon2PasswordHasher : IPasswordHasher, IDisposable
{
    private const int Memory = 19 * 1024; // KiB
    private const int Passes = 2;

    private static readonly byte[] NobodysSalt = new byte[Argon2Hash.SaltLength];

    private readonly SemaphoreSlim _turns = new(Math.Clamp(Environment.ProcessorCount, 1, 4));

    public async ValueTask<string> HashAsync(Secret password, CancellationToken ct) =>
        (await DeriveAsync(password, RandomNumberGenerator.GetBytes(Argon2Hash.SaltLength), Memory, Passes, ct)).ToString();

    public async ValueTask<PasswordCheck> VerifyAsync(string? stored, Secret password, CancellationToken ct)
    {
        if (stored is null)
        {
            await DeriveAsync(password, NobodysSalt, Memory, Passes, ct);
            return PasswordCheck.Wrong;
        }

        var expected = Argon2Hash.Parse(stored);
        var actual = await DeriveAsync(password, expected.Salt, expected.Memory, expected.Passes, ct);

        if (!CryptographicOperations.FixedTimeEquals(actual.Hash, expected.Hash)) return PasswordCheck.Wrong;
        return expected.Memory < Memory || expected.Passes < Passes ? PasswordCheck.RightButWeak : PasswordCheck.Right;
    }

    public void Dispose() => _turns.Dispose();

    private async Task<Argon2Hash> DeriveAsync(Secret password, byte[] salt, int memory, int passes, CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        try
        {
            return await Task.Run(() => Argon2Hash.Derive(Encoding.UTF8.GetBytes(password.Reveal()), salt, memory, passes), ct);
        }
        finally
        {
            _turns.Release();
        }
    }
}
