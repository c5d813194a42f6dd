using Pds.Application.Ports;

namespace Pds.Application.Takeover;

/// <summary>Brings what lets people in: invite codes with their uses, and the signing keys that were reserved by who is moving in.</summary>
internal sealed class InviteTakeover(IOfficialServer official, IInviteStore invites, IReservedKeyStore reserved, IKeyFactory keys, IUnitOfWork unitOfWork)
{
    private const int AtOnce = 500;

    public async Task TakeOverInvitesAsync(CancellationToken ct)
    {
        foreach (var codes in official.ReadInvites().Chunk(AtOnce))
        {
            foreach (var code in codes) invites.AddPast(code);
            await unitOfWork.SaveChangesAsync(ct);
        }
    }

    public async Task TakeOverReservedKeysAsync(CancellationToken ct)
    {
        foreach (var (key, did) in official.ReadReservedKeys())
            if (did is null || await reserved.FindAsync(did, ct) is null) reserved.Add(keys.Import(key).PublicKey, key, did);

        await unitOfWork.SaveChangesAsync(ct);
    }
}
