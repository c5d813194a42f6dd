using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Sync;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity.Updating;

/// <summary>Gives an identity another signing key, as far as its DID document and the network are concerned.</summary>
internal sealed class SigningKeyChange(HostedDidWeb didWeb, IIdentityResolver identities, PlcUpdates plc, IEventLog events)
{
    /// <summary>Changes a did:plc, or makes sure that any other document names the key already, or will once the caller has saved it; then tells the firehose.</summary>
    /// <exception cref="XrpcException">UpstreamFailure; InvalidRequest: the document cannot be changed, or does not name the key.</exception>
    public async Task PublishAsync(Did did, DidKey key, CancellationToken ct)
    {
        if (!didWeb.IsOwn(did)) await PublishElsewhereAsync(did, key, ct);
        events.Append(new IdentityEvent(did));
    }

    private async Task PublishElsewhereAsync(Did did, DidKey key, CancellationToken ct)
    {
        if (did.Method == "plc") await plc.ApplyAsync(did, state => state.WithSigningKey(key), ct);

        var document = await identities.RefreshDidAsync(did, CancellationToken.None); // whoever asks from now on sees the new one
        if (did.Method != "plc" && document?.SigningKey != key) throw XrpcException.InvalidRequest("The DID document does not name the signing key");
    }
}
