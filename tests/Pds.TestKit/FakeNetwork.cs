using System.Collections.Concurrent;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>A network of which the test says what resolves: no look-up leaves the machine, or waits.</summary>
public sealed class FakeNetwork : IIdentityResolver
{
    private readonly ConcurrentQueue<Handle> _asked = [];

    public Dictionary<Handle, Did> Handles { get; } = [];

    public Dictionary<Did, DidDocument> Documents { get; } = [];

    /// <summary>The handles that were asked about.</summary>
    public IReadOnlyCollection<Handle> Asked => _asked;

    public Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) => Task.FromResult(Documents.GetValueOrDefault(did));

    public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => ResolveDidAsync(did, ct);

    public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct)
    {
        _asked.Enqueue(handle);
        return Task.FromResult(Handles.GetValueOrDefault(handle));
    }

    public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => ResolveHandleAsync(handle, ct);
}
