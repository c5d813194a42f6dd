using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Crypto;

namespace Pds.Application.Identity.Updating;

/// <summary>The keys that may change the caller's did:plc, the mightiest first. None for any other identity.</summary>
public sealed record ListRotationKeys : IQuery<IReadOnlyList<ListRotationKeys.Item>>
{
    /// <param name="Owner">Who holds it.</param>
    public sealed record Item(DidKey Key, RotationKeyOwner Owner);

    internal sealed class Handler(ICaller caller, IPlcDirectory directory, IKeyFactory keys, IdentityOptions options) : IRequestHandler<ListRotationKeys, IReadOnlyList<Item>>
    {
        public async Task<IReadOnlyList<Item>> Handle(ListRotationKeys query, CancellationToken ct)
        {
            var did = caller.RequireDid();
            if (did.Method != "plc" || await directory.FindLogAsync(did, ct) is not { Last.State: { } state }) return [];

            var server = keys.Import(options.PlcRotationKey).PublicKey;
            return [.. state.RotationKeys.Select(key => new Item(key, OwnerOf(key)))];

            RotationKeyOwner OwnerOf(DidKey key) =>
                key == server ? RotationKeyOwner.Server : key == options.RecoveryKey ? RotationKeyOwner.Operator : RotationKeyOwner.User;
        }
    }
}

/// <summary>Who holds a rotation key.</summary>
public enum RotationKeyOwner
{
    /// <summary>This server, to act for the account.</summary>
    Server,

    /// <summary>The operator, apart from the server (<c>PDS_RECOVERY_DID_KEY</c>).</summary>
    Operator,

    /// <summary>Somebody else: the user, as a rule.</summary>
    User,
}
