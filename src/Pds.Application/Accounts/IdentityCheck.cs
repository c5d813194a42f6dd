using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Whether a DID, as it is published now, names this server and the key that signs here: without that no account is of use to anybody.</summary>
internal sealed class IdentityCheck(
    IPlcDirectory directory, IIdentityResolver identities, IKeyring keyring, IKeyFactory keys, ServiceOptions service, IdentityOptions options)
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

    private async Task<string?> FindFaultAsync(Did did, CancellationToken ct)
    {
        if (await ReadAsync(did, ct) is not var (hasRotationKey, endpoint, signingKey)) return "Could not resolve DID";
        if (!hasRotationKey) return "Server rotation key not included in PLC DID data";
        if (endpoint != new Uri(service.PublicUrl)) return "DID document atproto_pds service endpoint does not match PDS public url";
        return signingKey == (await keyring.GetAsync(did, ct)).PublicKey ? null : "DID document verification method does not match expected signing key";
    }

    private async Task<(bool HasRotationKey, Uri? Endpoint, DidKey? SigningKey)?> ReadAsync(Did did, CancellationToken ct)
    {
        if (did.Method == "plc") return (await directory.FindLogAsync(did, ct))?.Data is { } data ? Read(data.State) : null;
        return await identities.RefreshDidAsync(did, ct) is { } document ? (true, document.PdsEndpoint, document.SigningKey) : null;
    }

    private (bool HasRotationKey, Uri? Endpoint, DidKey? SigningKey) Read(PlcState state)
    {
        var endpoint = state.Services.TryGetValue(PlcService.PdsId, out var pds) && Uri.TryCreate(pds.Endpoint, UriKind.Absolute, out var url) ? url : null;
        var signingKey = state.VerificationMethods.TryGetValue(PlcState.SigningKeyId, out var text) && DidKey.TryParse(text, out var key) ? key : null;
        return (state.RotationKeys.Contains(keys.Import(options.PlcRotationKey).PublicKey), endpoint, signingKey);
    }
}
