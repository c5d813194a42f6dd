using Microsoft.Extensions.Logging;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Identity;

/// <summary>Remembers what the network says, and lives with it when the network does not answer.</summary>
/// <remarks>DIDs of the embedded directory are never remembered: asking it costs no more.</remarks>
internal sealed partial class CachingIdentityResolver(
    IIdentityResolver inner, IdentityCache cache, IdentityCacheOptions options, IdentityOptions identity, ILogger<CachingIdentityResolver> log) : IIdentityResolver
{
    public async Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct)
    {
        if (IsAtHand(did)) return await inner.ResolveDidAsync(did, ct);
        if (!cache.Documents.TryGet(did, out var known, out var age) || age >= (known is null ? options.NoneMaxAge : options.MaxAge))
            return await AskAsync(did, ct);

        if (known is not null && age >= options.StaleAfter) _ = AskAsync(did, CancellationToken.None); // the next one gets its answer
        return known;
    }

    public async Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct)
    {
        if (IsAtHand(did)) return await inner.ResolveDidAsync(did, ct);
        try
        {
            // Not shared: a look-up that began earlier may have seen what was before.
            var document = await inner.RefreshDidAsync(did, ct);
            cache.Documents.Remember(did, document);
            return document;
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            LogUnreachable(did.Value, failure.Message);
            return null;
        }
    }

    public async Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct)
    {
        if (cache.Handles.TryGet(handle, out var known, out var age) && age < (known is null ? options.NoneMaxAge : options.HandleMaxAge)) return known;
        return await cache.Handles.LookUpAsync(handle, () => inner.ResolveHandleAsync(handle, CancellationToken.None), ct);
    }

    public async Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct)
    {
        var did = await inner.RefreshHandleAsync(handle, ct);
        cache.Handles.Remember(handle, did);
        return did;
    }

    private async Task<DidDocument?> AskAsync(Did did, CancellationToken ct)
    {
        try
        {
            return await cache.Documents.LookUpAsync(did, () => inner.ResolveDidAsync(did, CancellationToken.None), ct);
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            LogUnreachable(did.Value, failure.Message);
            return null;
        }
    }

    private bool IsAtHand(Did did) => identity.PlcUrl is null && did.Method == "plc";

    private static bool IsUnreachable(Exception failure) => failure is OutboundException or XrpcException { Kind: XrpcErrorKind.UpstreamFailure };

    [LoggerMessage(LogLevel.Information, "{Did} cannot be resolved now: {Reason}")]
    private partial void LogUnreachable(string did, string reason);
}
