using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Pds.Domain.Crypto;
using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>A signed link in an identity's chain (https://web.plc.directory/spec/v0.1/did-plc#operation-serialization-signing-and-validation).</summary>
/// <remarks>
/// Its fields are kept as they came, those that nobody here knows too: its CID and signature cover all of them, and old logs hold some.
/// New operations may not have any: see <see cref="PlcConstraints"/>.
/// </remarks>
public abstract class PlcOperation
{
    private const string SigKey = "sig";

    private protected PlcOperation(LexObject fields)
    {
        Fields = fields;
        Sig = fields.RequireText(SigKey);
        Cid = Cid.Of(CidCodec.DagCbor, Encode());
    }

    /// <summary>All fields, the signature among them: the operation as JSON shows it.</summary>
    public LexObject Fields { get; }

    /// <summary>The signature: base64url without padding.</summary>
    public string Sig { get; }

    /// <summary>What later operations call this one.</summary>
    public Cid Cid { get; }

    /// <summary>The operation that this one follows; null for the first.</summary>
    public abstract Cid? Prev { get; }

    /// <summary>What the identity is after it; null once it is no more.</summary>
    public abstract PlcState? State { get; }

    /// <exception cref="PlcException">Not JSON, or not an operation.</exception>
    public static PlcOperation Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return FromLex(DagJson.Parse(utf8));
        }
        catch (DataModelException broken)
        {
            throw new PlcException($"Not a valid operation: {broken.Message}", broken);
        }
    }

    /// <exception cref="PlcException">Not an operation.</exception>
    public static PlcOperation FromLex(LexValue value)
    {
        if (value is not LexObject fields) throw PlcException.NotAnOperation("must be an object");
        return fields.Text("type") switch
        {
            PlcRegularOperation.Type => new PlcRegularOperation(fields),
            PlcTombstone.Type => new PlcTombstone(fields),
            PlcLegacyCreate.Type => new PlcLegacyCreate(fields),
            _ => throw PlcException.NotAnOperation("unknown type"),
        };
    }

    public void WriteJson(Utf8JsonWriter json) => DagJson.Write(json, Fields);

    public string ToJson() => DagJson.ToText(Fields);

    /// <summary>The DAG-CBOR that is hashed. CIDs in it are text, not links.</summary>
    public byte[] Encode() => DagCborWriter.Encode(Fields);

    /// <summary>The DAG-CBOR that is signed: without the signature.</summary>
    public byte[] EncodeUnsigned() => DagCborWriter.Encode(PlcFields.Map(Fields.Fields.Where(field => field.Key != SigKey)));

    /// <summary>Which of the keys made the signature; -1 for none of them, and for a signature that is not written in the one way allowed.</summary>
    public int SignerAmong(IReadOnlyList<DidKey> keys, ISignatureVerifier verifier)
    {
        Span<byte> signature = stackalloc byte[Signature.ByteLength];
        if (!TryDecodeSig(signature)) return -1;

        var message = EncodeUnsigned();
        for (var i = 0; i < keys.Count; i++)
            if (verifier.Verify(keys[i], message, signature)) return i;
        return -1;
    }

    private protected static LexObject Sign(LexObject unsigned, ISigningKey key) =>
        unsigned.With(SigKey, new LexString(Base64Url.EncodeToString(key.Sign(DagCborWriter.Encode(unsigned)))));

    /// <summary>Padding or stray bits would let anyone give the operation another CID under the same signature.</summary>
    private bool TryDecodeSig(Span<byte> signature) =>
        Sig.Length == Base64Url.GetEncodedLength(signature.Length)
        && Base64Url.DecodeFromChars(Sig, signature, out _, out var written) == OperationStatus.Done
        && written == signature.Length
        && Base64Url.EncodeToString(signature) == Sig;
}
