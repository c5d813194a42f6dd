using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Identity.Dns;

namespace Pds.TestKit;

/// <summary>A server that finds the authority of <c>com.example</c> as it finds any: by DNS.</summary>
public sealed class LexiconNetworkPds : OAuthPds
{
    public LexiconAuthority Authority { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Authority = await LexiconAuthority.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Authority.DisposeAsync();
    }

    protected override void Adjust(WebApplicationBuilder builder)
    {
        base.Adjust(builder);
        builder.Services.Decorate<IIdentityResolver>(inner => new Resolver(inner, Authority));
        builder.Services.AddSingleton(provider => new DnsDidLookup(
            new DnsTxtLookup(TimeProvider.System), provider.GetRequiredService<IdentityLookupOptions>(), () => [Authority.Nameserver.Address]));
    }

    private sealed class Resolver(IIdentityResolver inner, LexiconAuthority authority) : IIdentityResolver
    {
        public Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) =>
            did == LexiconAuthority.Did ? Task.FromResult<DidDocument?>(authority.Document) : inner.ResolveDidAsync(did, ct);

        public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) =>
            did == LexiconAuthority.Did ? Task.FromResult<DidDocument?>(authority.Document) : inner.RefreshDidAsync(did, ct);

        public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct) => inner.ResolveHandleAsync(handle, ct);

        public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => inner.RefreshHandleAsync(handle, ct);
    }
}
