using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

/// <summary>A server that finds did:plc in its own directory, and handles and other DIDs where the test says.</summary>
public sealed class NetworkedPds : BreakablePds
{
    public FakeNetwork Network { get; } = new();

    /// <summary>How often the network was asked in any case, whatever is remembered.</summary>
    public int Refreshed { get; private set; }

    /// <summary>Publishes a document with a handle that resolves to it.</summary>
    public Did Publish(string did, string handle)
    {
        var parsed = Did.Parse(did);
        Network.Documents[parsed] = DidDocument.Build(parsed, [$"at://{handle}"], [], []);
        Network.Handles[Handle.Parse(handle)] = parsed;
        return parsed;
    }

    protected override void Adjust(WebApplicationBuilder builder)
    {
        base.Adjust(builder);
        builder.Services.Decorate<IIdentityResolver>(inner => new Resolver(inner, this));
    }

    private sealed class Resolver(IIdentityResolver inner, NetworkedPds pds) : IIdentityResolver
    {
        public Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) => Of(did).ResolveDidAsync(did, ct);

        public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct)
        {
            pds.Refreshed++;
            return Of(did).RefreshDidAsync(did, ct);
        }

        public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct) => pds.Network.ResolveHandleAsync(handle, ct);

        public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct)
        {
            pds.Refreshed++;
            return pds.Network.RefreshHandleAsync(handle, ct);
        }

        private IIdentityResolver Of(Did did) => did.Method == "plc" ? inner : pds.Network;
    }
}
