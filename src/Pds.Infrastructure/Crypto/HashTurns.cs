using System.Threading.RateLimiting;
using Pds.Application.Errors;

namespace Pds.Infrastructure.Crypto;

/// <summary>Turns for slow hashes: a few run at once, off the request's thread, and the rest wait, so that a flood of sign-ins costs time and not memory. Those that would wait for seconds are refused at once.</summary>
internal sealed class HashTurns : IDisposable
{
    private const int WaitingForEachTurn = 64;

    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _turns;

    public HashTurns() : this(Math.Clamp(Environment.ProcessorCount, 1, 4))
    {
    }

    internal HashTurns(int atOnce) => _turns = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
    {
        PermitLimit = atOnce,
        QueueLimit = atOnce * WaitingForEachTurn,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <exception cref="XrpcException">NotEnoughResources: too many wait already.</exception>
    public async ValueTask<T> RunAsync<T>(Func<T> hash, CancellationToken ct)
    {
        using var turn = await _turns.AcquireAsync(1, ct);
        if (!turn.IsAcquired) throw XrpcException.Busy("Too many are signing in at this moment", ComeBack);
        return await Task.Run(hash, ct);
    }

    public void Dispose() => _turns.Dispose();
}
