using Pds.Domain.Crypto;
using Pds.Domain.Plc;

namespace Pds.Domain.Identity;

/// <summary>What an identity says that its account's PDS depends on, whether a PLC operation says it or a DID document. As it stands there: nothing is confirmed.</summary>
/// <param name="RotationKeys">Who may change the identity; null where it is of a method without such keys.</param>
/// <param name="PdsType">The type of its <c>atproto_pds</c> service.</param>
/// <param name="PdsEndpoint">Where that is.</param>
/// <param name="SigningKey">The <c>did:key</c> that signs its repository.</param>
public sealed record HostingClaims(IReadOnlyList<DidKey>? RotationKeys, string? PdsType, string? PdsEndpoint, string? SigningKey)
{
    public static HostingClaims Of(PlcState state)
    {
        var pds = state.Services.GetValueOrDefault(PlcService.PdsId);
        return new HostingClaims(state.RotationKeys, pds?.Type, pds?.Endpoint, state.VerificationMethods.GetValueOrDefault(PlcState.SigningKeyId));
    }

    public static HostingClaims Of(DidDocument document)
    {
        var pds = document.PdsEndpoint;
        return new HostingClaims(RotationKeys: null, pds is null ? null : PlcService.PdsType, pds?.OriginalString, document.SigningKey?.ToString());
    }

    /// <summary>The first thing that keeps a server from being the identity's PDS; null where nothing does.</summary>
    /// <param name="rotationKey">The key that the server changes identities with.</param>
    /// <param name="hosted">What an identity says whose PDS it is.</param>
    public HostingFault? FindFault(DidKey rotationKey, HostingClaims hosted)
    {
        if (RotationKeys is not null && !RotationKeys.Contains(rotationKey)) return HostingFault.RotationKey;
        if (PdsType != hosted.PdsType) return HostingFault.PdsType;
        if (PdsEndpoint != hosted.PdsEndpoint) return HostingFault.PdsEndpoint;
        return SigningKey == hosted.SigningKey ? null : HostingFault.SigningKey;
    }
}

/// <summary>What of an identity is not as its account's PDS needs it.</summary>
public enum HostingFault
{
    RotationKey,
    PdsType,
    PdsEndpoint,
    SigningKey,
}
