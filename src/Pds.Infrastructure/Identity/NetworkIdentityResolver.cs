using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Identity;

/// <summary>Asks for every answer. What cannot be asked now is an exception: <see cref="CachingIdentityResolver"/> knows what to do about it.</summary>
internal sealed class NetworkIdentityResolver(IPlcDirectory directory, DidWebResolver web, DnsHandleResolver dns, WellKnownHandleResolver wellKnown)
    : IIdentityResolver
{
    public async Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) => did.Method switch
    {
        "plc" => await directory.FindDocumentAsync(did, ct),
        "web" => await web.ResolveAsync(did, ct),
        _ => null,
    };

    public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => ResolveDidAsync(did, ct);

    /// <summary>Both ways are tried at once; where both answer, DNS wins.</summary>
    public async Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct)
    {
        using var notNeeded = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var byHttps = wellKnown.ResolveAsync(handle, notNeeded.Token);
        var did = await dns.ResolveAsync(handle, ct);
        if (did is null) return await byHttps;

        await notNeeded.CancelAsync();
        await ((Task)byHttps).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return did;
    }

    public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => ResolveHandleAsync(handle, ct);
}
