using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Identity;

/// <summary>A network that answers what a test says, and counts how often it is asked.</summary>
internal sealed class FakeResolver : IIdentityResolver
{
    public Func<Task<DidDocument?>> Document { get; set; } = () => Task.FromResult<DidDocument?>(null);

    public Func<Task<Did?>> Handle { get; set; } = () => Task.FromResult<Did?>(null);

    public int Asked { get; private set; }

    public Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct)
    {
        Asked++;
        return Document();
    }

    public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => ResolveDidAsync(did, ct);

    public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct)
    {
        Asked++;
        return Handle();
    }

    public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => ResolveHandleAsync(handle, ct);
}
