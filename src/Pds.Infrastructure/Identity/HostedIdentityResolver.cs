using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Identity;

/// <summary>Answers for the identities that this server is the authority for, and asks the network about all others.</summary>
/// <remarks>In front of everything that remembers: what is here costs no more to ask, and is right at once after every change.</remarks>
internal sealed class HostedIdentityResolver(IIdentityResolver inner, HandlePolicy handles, IServiceScopeFactory scopes) : IIdentityResolver
{
    public async Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) => await FindHostedAsync(did, ct) ?? await inner.ResolveDidAsync(did, ct);

    public async Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => await FindHostedAsync(did, ct) ?? await inner.RefreshDidAsync(did, ct);

    public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct) => inner.ResolveHandleAsync(handle, ct);

    public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => inner.RefreshHandleAsync(handle, ct);

    private async ValueTask<DidDocument?> FindHostedAsync(Did did, CancellationToken ct)
    {
        if (handles.NameOf(did) is null) return null;
        await using var scope = scopes.CreateAsyncScope(); // resolvers live as long as the server, stores as long as a request
        return await scope.ServiceProvider.GetRequiredService<IHostedDocuments>().FindAsync(did, ct);
    }
}
