namespace Pds.Domain.Data;

/// <summary>Bytes and the CID that names them.</summary>
public readonly record struct Block(Cid Cid, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A DAG-CBOR block: hashes the bytes.</summary>
    public static Block Of(ReadOnlyMemory<byte> bytes) => new(Cid.Of(CidCodec.DagCbor, bytes.Span), bytes);
}
