using System.Net;
using System.Threading.RateLimiting;
using Pds.Application.Errors;

namespace Pds.Api.Limits;

/// <summary>The requests of one method that are under way: whoever is too many waits, and whoever would wait too long is told to come back.</summary>
/// <remarks>An address has its own queue before the one for all, so that no client stands in the way of the others with more than its share.</remarks>
internal sealed class MethodTurns(AtOnce atOnce) : IDisposable
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(2);

    private readonly ConcurrencyLimiter _all = Limiter(atOnce.InAll, atOnce.WaitingInAll);
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Share> _shares = [];

    /// <inheritdoc cref="RequestTurns.EnterAsync"/>
    public async ValueTask<IDisposable> EnterAsync(IPAddress address, CancellationToken ct)
    {
        // Many clients may be behind a proxy that does not name them: together they have no share.
        var own = ClientAddress.IsShared(address) ? null : await EnterShareAsync(address, ct);
        try
        {
            return new Turn(Granted(await _all.AcquireAsync(1, ct)), own);
        }
        catch
        {
            own?.Dispose();
            throw;
        }
    }

    public void Dispose() => _all.Dispose();

    private async ValueTask<IDisposable> EnterShareAsync(IPAddress address, CancellationToken ct)
    {
        Share share;
        lock (_lock)
        {
            if (!_shares.TryGetValue(address, out share!)) _shares.Add(address, share = new Share(Limiter(atOnce.ForAddress, atOnce.WaitingForAddress)));
            share.Interested++;
        }

        try
        {
            return new ShareTurn(this, address, Granted(await share.Limiter.AcquireAsync(1, ct)));
        }
        catch
        {
            Leave(address);
            throw;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            var share = _shares[address];
            if (--share.Interested > 0) return;
            _shares.Remove(address);
            share.Limiter.Dispose();
        }
    }

    private static RateLimitLease Granted(RateLimitLease lease)
    {
        if (lease.IsAcquired) return lease;
        lease.Dispose();
        throw XrpcException.Busy("Too many of these requests are under way", ComeBack);
    }

    private static ConcurrencyLimiter Limiter(int permits, int waiting) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    private sealed class Share(ConcurrencyLimiter limiter)
    {
        public ConcurrencyLimiter Limiter => limiter;

        /// <summary>Who has a turn or waits for one.</summary>
        public int Interested { get; set; }
    }

    private sealed class ShareTurn(MethodTurns owner, IPAddress address, RateLimitLease lease) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (_isOver) return;
            _isOver = true;
            lease.Dispose();
            owner.Leave(address);
        }
    }

    private sealed class Turn(RateLimitLease all, IDisposable? own) : IDisposable
    {
        public void Dispose()
        {
            all.Dispose();
            own?.Dispose();
        }
    }
}
