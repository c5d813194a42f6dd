namespace Pds.Application.Repo.Writing;

/// <summary>A stored record on its way to a client: its DAG-CBOR, which the Api writes out as JSON without building it in between.</summary>
public readonly record struct EncodedRecord(ReadOnlyMemory<byte> DagCbor);
