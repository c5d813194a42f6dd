using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Repo;

/// <summary>The signed head of a repo.</summary>
/// <remarks>https://atproto.com/specs/repository#commit-objects</remarks>
public sealed class Commit
{
    private const int SignatureLength = 64;

    internal Commit(UnsignedCommit unsigned, ReadOnlyMemory<byte> signature, Block block) => (Unsigned, Signature, Block) = (unsigned, signature, block);

    public UnsignedCommit Unsigned { get; }

    /// <summary>64 bytes: r, then s.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    public Block Block { get; }

    public Cid Cid => Block.Cid;

    public Did Did => Unsigned.Did;

    public Tid Rev => Unsigned.Rev;

    public Cid Data => Unsigned.Data;

    public RepoHead Head => new(Cid, Rev, Data);

    /// <summary>Reads a commit of version 3. Says nothing of its signature: see <see cref="Verify"/>.</summary>
    /// <exception cref="DataModelException">The block is anything else, or not encoded canonically.</exception>
    public static Commit Decode(ReadOnlyMemory<byte> block)
    {
        var reader = new DagCborReader(block.Span);
        if (reader.ReadMapHeader() != 6) throw new DataModelException("A commit has the fields did, rev, sig, data, prev and version");
        reader.ExpectKey("did"u8);
        if (!Did.TryParse(reader.ReadText(), out var did)) throw new DataModelException("The commit has an invalid did");
        reader.ExpectKey("rev"u8);
        if (!Tid.TryParse(reader.ReadText(), out var rev)) throw new DataModelException("The commit has an invalid rev");
        reader.ExpectKey("sig"u8);
        var signature = reader.ReadBytes().ToArray();
        if (signature.Length != SignatureLength) throw new DataModelException("The commit's signature does not have 64 bytes");
        reader.ExpectKey("data"u8);
        var data = ReadLink(ref reader);
        reader.ExpectKey("prev"u8);
        var prev = reader.TryReadNull() ? (Cid?)null : ReadLink(ref reader);
        reader.ExpectKey("version"u8);
        if (reader.ReadInteger() != UnsignedCommit.Version) throw new DataModelException("The commit is not of version 3");
        reader.EnsureEnd();
        return new Commit(new UnsignedCommit(did, data, rev, prev), signature, Block.Of(block));
    }

    /// <summary>Whether this key made the signature.</summary>
    public bool Verify(ISignatureVerifier verifier, DidKey key) => verifier.Verify(key, Unsigned.Encode(), Signature.Span);

    private static Cid ReadLink(ref DagCborReader reader)
    {
        var link = reader.ReadLink();
        return link.Codec == CidCodec.DagCbor ? link : throw new DataModelException("A commit links to DAG-CBOR blocks only");
    }
}
