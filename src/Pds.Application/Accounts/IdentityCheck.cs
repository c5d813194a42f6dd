using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Whether a DID, as it is published now, names this server and the key that signs here: without that no account is of use to anybody.</summary>
internal sealed class IdentityCheck(IPlcDirectory directory, IIdentityResolver identities, HostedIdentity hosted)
{
    /// <exception cref="XrpcException">InvalidRequest: it does not, and the message says what is wrong. UpstreamFailure: the directory cannot be asked.</exception>
    public async Task RequireAsync(Did did, CancellationToken ct)
    {
        if (await FindFaultAsync(did, ct) is { } fault) throw XrpcException.InvalidRequest(fault);
    }

    /// <summary>The same, where a directory that cannot be asked is one fault more.</summary>
    public async Task<bool> HoldsAsync(Did did, CancellationToken ct)
    {
        try
        {
            return await FindFaultAsync(did, ct) is null;
        }
        catch (XrpcException unreachable) when (unreachable.Kind == XrpcErrorKind.UpstreamFailure)
        {
            return false;
        }
    }

    /// <summary>Whether it says that its PDS is here, whatever else is wrong with it; null where that cannot be told now.</summary>
    public async Task<bool?> NamesThisServerAsync(Did did, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(did, ct) is { } claims ? hosted.IsHere(claims) : null;
        }
        catch (XrpcException unreachable) when (unreachable.Kind == XrpcErrorKind.UpstreamFailure)
        {
            return null;
        }
    }

    private async Task<string?> FindFaultAsync(Did did, CancellationToken ct)
    {
        if (await ReadAsync(did, ct) is not { } claims) return "Could not resolve DID";
        return await hosted.FindFaultAsync(did, claims, ct) switch
        {
            null => null,
            HostingFault.RotationKey => "Server rotation key not included in PLC DID data",
            HostingFault.SigningKey => "DID document verification method does not match expected signing key",
            _ => "DID document atproto_pds service endpoint does not match PDS public url",
        };
    }

    private async Task<HostingClaims?> ReadAsync(Did did, CancellationToken ct)
    {
        if (did.Method == "plc") return (await directory.FindLogAsync(did, ct))?.Data is { } data ? HostingClaims.Of(data.State) : null;
        return await identities.RefreshDidAsync(did, ct) is { } document ? HostingClaims.Of(document) : null;
    }
}
