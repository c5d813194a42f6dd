using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Infrastructure.Crypto;

/// <summary>Argon2id with OWASP's parameters (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.</summary>
/// <remarks>A few hashes run at once, off the request's thread; the rest wait their turn, so that a flood of sign-ins costs time and not memory,
/// and those that would wait for seconds are refused at once.</remarks>
internal sealed class Argon2PasswordHasher : IPasswordHasher, IDisposable
{
    private const int Memory = 19 * 1024; // KiB
    private const int Passes = 2;

    private static readonly byte[] NobodysSalt = new byte[Argon2Hash.SaltLength];

    private const int WaitingForEachTurn = 64;

    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _turns;

    public Argon2PasswordHasher() : this(Math.Clamp(Environment.ProcessorCount, 1, 4))
    {
    }

    internal Argon2PasswordHasher(int atOnce) => _turns = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
    {
        PermitLimit = atOnce,
        QueueLimit = atOnce * WaitingForEachTurn,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

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
        using var turn = await _turns.AcquireAsync(1, ct);
        if (!turn.IsAcquired) throw XrpcException.Busy("Too many are signing in at this moment", ComeBack);
        return await Task.Run(() => Argon2Hash.Derive(Encoding.UTF8.GetBytes(password.Reveal()), salt, memory, passes), ct);
    }
}
