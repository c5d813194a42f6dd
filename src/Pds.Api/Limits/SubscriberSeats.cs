using System.Net;
using Pds.Application.Errors;

namespace Pds.Api.Limits;

/// <summary>Places for the firehose's subscribers: so many in all, and so many for one address.</summary>
internal sealed class SubscriberSeats(ConnectionOptions options)
{
    private static readonly TimeSpan ComeBack = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _taken;

    /// <summary>Takes a place, which is free again when it is disposed.</summary>
    /// <exception cref="XrpcException">NotEnoughResources: all are taken. RateLimitExceeded: this address has its share.</exception>
    public IDisposable Take(IPAddress address)
    {
        lock (_lock)
        {
            var own = _byAddress.GetValueOrDefault(address);
            if (own >= options.MaxSubscribersForAddress && !ClientAddress.IsShared(address))
                throw XrpcException.RateLimitExceeded(ComeBack, $"Too many subscriptions of one address (at most {options.MaxSubscribersForAddress})");
            if (_taken >= options.MaxSubscribers) throw XrpcException.Busy("As many subscribe as this server takes", ComeBack);

            _byAddress[address] = own + 1;
            _taken++;
            return new Seat(this, address);
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _taken--;
            if (--_byAddress[address] == 0) _byAddress.Remove(address);
        }
    }

    private sealed class Seat(SubscriberSeats owner, IPAddress address) : IDisposable
    {
        private bool _isLeft;

        public void Dispose()
        {
            if (_isLeft) return;
            _isLeft = true;
            owner.Leave(address);
        }
    }
}
