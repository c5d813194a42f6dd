namespace Pds.Domain.Data;

/// <summary>How a block is encoded: data as DAG-CBOR, a blob as it is.</summary>
public enum CidCodec : byte
{
    Raw = 0x55,
    DagCbor = 0x71,
}
