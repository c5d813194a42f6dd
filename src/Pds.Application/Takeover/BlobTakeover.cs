using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Takeover;

/// <summary>Brings blobs of an official server's account here: their bytes, checked, then what is known of them.</summary>
internal sealed class BlobTakeover(IBlobTransport transport, IBlobIndex index, TakeoverOptions options, IUnitOfWork unitOfWork)
{
    /// <summary>Answers for each what was found. Those that are here already are left alone; in a dry run nothing is brought.</summary>
    public async Task<IReadOnlyList<BlobFinding>> TakeOverAsync(Did did, IReadOnlyList<OfficialBlob> blobs, CancellationToken ct)
    {
        var findings = new List<BlobFinding>(blobs.Count);
        foreach (var blob in blobs)
            findings.Add(options.IsDryRun ? await transport.CheckAsync(blob.File, blob.Blob.Cid, ct) : await TakeOverAsync(did, blob, ct));

        await unitOfWork.SaveChangesAsync(ct);
        return findings;
    }

    private async Task<BlobFinding> TakeOverAsync(Did did, OfficialBlob official, CancellationToken ct)
    {
        var blob = official.Blob;
        if (await index.FindAsync(did, blob.Cid, ct) is { } here) return new BlobFinding(BlobState.Good, here.Size);

        var found = await transport.BringAsync(did, blob.Cid, official.File, options.Blobs, ct);
        if (found.State == BlobState.Good) await index.PutAsync(did, blob with { Size = found.Size }, ct);
        return found;
    }
}
