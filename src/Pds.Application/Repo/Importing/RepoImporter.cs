using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo.Importing;

/// <summary>Takes a repo in that was written elsewhere: all of it is checked, and written beside the account's own, before anything of the account changes.</summary>
/// <remarks>
/// In two steps, as an upload. <see cref="PrepareAsync"/> takes as long as the sender and the size want, outside the account's turn. What it answers is put
/// in place in the account's turn, in one save, and disposed after that.
/// </remarks>
internal sealed class RepoImporter(IBlockSpool spool, IBlockStore store, CommitCheck check, ImportWriter writer, ImportOptions options)
{
    /// <param name="did">Whose repo it must be.</param>
    /// <param name="key">The key that signs for the account here.</param>
    /// <param name="origin">What becomes of the head.</param>
    /// <param name="car">The repo: one root, the commit. Blocks that the account's repo has already may be missing.</param>
    /// <param name="ct">Ends it and leaves nothing.</param>
    /// <exception cref="XrpcException">InvalidRequest, with what is wrong; PayloadTooLarge; UpstreamFailure: the identity cannot be looked up; NotEnoughResources.</exception>
    public async Task<PreparedImport> PrepareAsync(Did did, ISigningKey key, ImportOrigin origin, Stream car, CancellationToken ct)
    {
        try
        {
            using var spooled = await spool.ReceiveAsync(car, options.MaxSize, ct);
            using var blocks = new ImportedBlocks(spooled, store.OpenSnapshot(did));
            var imported = RepoImport.ReadCommit(spooled.Header.Roots is [var root] ? root : throw XrpcException.InvalidRequest("expected one root"), blocks);
            check.RequireOwn(imported, did);
            if (origin == ImportOrigin.Owner) await check.RequireSignedAsync(imported, key, ct);
            Verify(imported.Data, blocks, ct);

            var difference = ImportDifference.Between(blocks.PresentTree, MstTree.Load(imported.Data, blocks), ct);
            var staysAsItIs = origin == ImportOrigin.EarlierServer && check.IsSignedBy(imported, key);
            return await writer.WriteAsync(blocks, difference, imported, staysAsItIs ? null : key, ct);
        }
        catch (Exception fault) when (fault is DataModelException or MissingBlockException)
        {
            throw XrpcException.InvalidRequest(fault.Message, fault);
        }
    }

    /// <summary>Looks at everything that the commit names. One record may stand at many paths, so what it all comes to is bounded here and not by the CAR's length.</summary>
    private void Verify(Cid data, ImportedBlocks blocks, CancellationToken ct)
    {
        var (records, bytes) = (0, 0L);
        foreach (var item in RepoImport.PreOrder(data, blocks))
        {
            ct.ThrowIfCancellationRequested();
            if (item.Path is null) continue;
            bytes += item.Block.Bytes.Length;
            if (++records > options.MaxBlocks) throw new DataModelException($"The repo has more than {options.MaxBlocks} records");
            if (bytes > options.MaxSize) throw new DataModelException($"The repo's records have more than {options.MaxSize} bytes");
        }

        blocks.Trust();
    }
}
