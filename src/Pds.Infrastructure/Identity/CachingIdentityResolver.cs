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

        var hasAnswer = cache.Documents.TryGet(did, out var known, out var age);
        if (!hasAnswer || age >= (known is null ? options.NoneMaxAge : options.MaxAge)) return await OrNullAsync(did, LookUpAsync(did, ct));

        if (known is not null && age >= options.StaleAfter) _ = RenewAsync(did); // for the next who asks
        return known;
    }

    public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => IsAtHand(did)
        ? inner.ResolveDidAsync(did, ct)
        : OrNullAsync(did, cache.Documents.RefreshAsync(did, () => inner.RefreshDidAsync(did, CancellationToken.None), ct));

    public async Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct) =>
        cache.Handles.TryGet(handle, out var known, out var age) && age < (known is null ? options.NoneMaxAge : options.HandleMaxAge)
            ? known
            : await cache.Handles.LookUpAsync(handle, () => inner.ResolveHandleAsync(handle, CancellationToken.None), ct);

    public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) =>
        cache.Handles.RefreshAsync(handle, () => inner.RefreshHandleAsync(handle, CancellationToken.None), ct);

    private Task<DidDocument?> LookUpAsync(Did did, CancellationToken ct) =>
        cache.Documents.LookUpAsync(did, () => inner.ResolveDidAsync(did, CancellationToken.None), ct);

    private async Task RenewAsync(Did did)
    {
        try
        {
            await OrNullAsync(did, LookUpAsync(did, CancellationToken.None));
        }
        catch (XrpcException busy) when (busy.RetryAfter is not null)
        {
            LogUnreachable(did, busy.Message);
        }
    }

    /// <summary>What cannot be asked now does not resolve now. That is not remembered: the next who asks may be luckier.</summary>
    private async Task<DidDocument?> OrNullAsync(Did did, Task<DidDocument?> lookUp)
    {
        try
        {
            return await lookUp;
        }
        catch (Exception failure) when (failure is OutboundException or XrpcException { Kind: XrpcErrorKind.UpstreamFailure })
        {
            LogUnreachable(did, failure.Message);
            return null;
        }
    }

    private bool IsAtHand(Did did) => identity.PlcUrl is null && did.Method == "plc";

    [LoggerMessage(LogLevel.Information, "{Did} cannot be resolved now: {Reason}")]
    private partial void LogUnreachable(Did did, string reason);
}
