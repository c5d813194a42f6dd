using System.Threading.RateLimiting;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Identity;

/// <summary>Asks strangers' hosts about so many identities at once: one that does not answer keeps a socket and an asker for seconds.</summary>
/// <remarks>The PLC directory is the operator's, and answers or fails for all alike: it is not held up by hosts that do not.</remarks>
internal sealed class BoundedIdentityResolver(IIdentityResolver inner) : IIdentityResolver, IDisposable
{
    public const int MaxAtOnce = 64;
    public const int MaxWaiting = 64;

    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MaxAtOnce,
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <exception cref="XrpcException">NotEnoughResources: too many wait.</exception>
    public Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) =>
        did.Method == "plc" ? inner.ResolveDidAsync(did, ct) : InTurnAsync(() => inner.ResolveDidAsync(did, ct), ct);

    /// <inheritdoc cref="ResolveDidAsync"/>
    public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) =>
        did.Method == "plc" ? inner.RefreshDidAsync(did, ct) : InTurnAsync(() => inner.RefreshDidAsync(did, ct), ct);

    /// <inheritdoc cref="ResolveDidAsync"/>
    public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct) => InTurnAsync(() => inner.ResolveHandleAsync(handle, ct), ct);

    /// <inheritdoc cref="ResolveDidAsync"/>
    public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => InTurnAsync(() => inner.RefreshHandleAsync(handle, ct), ct);

    public void Dispose() => _turns.Dispose();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        using var turn = await _turns.AcquireAsync(1, ct);
        return turn.IsAcquired ? await ask() : throw XrpcException.Busy("Too many identities are being looked up at this moment", ComeBack);
    }
}
