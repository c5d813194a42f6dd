using System.Collections.Concurrent;
using System.Net;
using Pds.Application.Errors;

namespace Pds.Api.Limits;

/// <summary>The requests that are under way of the methods that take only so many at once.</summary>
internal sealed class RequestTurns : IDisposable
{
    private readonly ConcurrentDictionary<AtOnce, MethodTurns> _methods = [];

    /// <summary>Waits for a turn, in the order of coming; it ends when disposed.</summary>
    /// <exception cref="XrpcException">NotEnoughResources: too many wait.</exception>
    public ValueTask<IDisposable> EnterAsync(AtOnce atOnce, IPAddress address, CancellationToken ct) =>
        _methods.GetOrAdd(atOnce, static bounds => new MethodTurns(bounds)).EnterAsync(address, ct);

    public void Dispose()
    {
        foreach (var turns in _methods.Values) turns.Dispose();
    }
}
