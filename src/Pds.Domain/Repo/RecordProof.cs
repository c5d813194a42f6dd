using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Domain.Repo;

/// <summary>A record of anybody's, with all that it takes to believe it: what <c>com.atproto.sync.getRecord</c> answers (https://atproto.com/specs/sync).</summary>
/// <param name="Rev">As of which revision of the repo.</param>
/// <param name="Record">The record's block.</param>
public sealed record RecordProof(Tid Rev, Block Record)
{
    /// <summary>Checks a proof: the hashes, whose repo it is, who signed it, and that its tree has a record there.</summary>
    /// <param name="car">The whole CAR.</param>
    /// <param name="did">Whose repo it must be.</param>
    /// <param name="path">Where the record must be.</param>
    /// <param name="verifier">Checks the signature.</param>
    /// <param name="key">Who must have signed it: the key in the DID's document.</param>
    /// <exception cref="DataModelException">It proves no such record; the message says why.</exception>
    public static RecordProof Verify(ReadOnlyMemory<byte> car, Did did, RecordPath path, ISignatureVerifier verifier, DidKey key)
    {
        var file = CarReader.Read(car);
        var blocks = new BlockSet(file.Blocks);
        if (file.Header.Roots is not [var root] || !blocks.TryGet(root, out var head)) throw new DataModelException("The proof does not begin with one commit");

        var commit = Commit.Decode(head);
        if (commit.Did != did) throw new DataModelException($"The proof is of the repo of {commit.Did}");
        if (!commit.Verify(verifier, key)) throw new DataModelException("The proof is not signed with the key of its repo");
        try
        {
            var cid = MstTree.Load(commit.Data, blocks).Get(path.Key) ?? throw new DataModelException($"There is no record {path}");
            return blocks.TryGet(cid, out var record) ? new RecordProof(commit.Rev, new Block(cid, record)) : throw new DataModelException("The proof lacks its record");
        }
        catch (MissingBlockException missing)
        {
            throw new DataModelException($"The proof is incomplete: {missing.Message}", missing);
        }
    }
}
