using Pds.Domain.Crypto;
using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>Ends an identity. Only a more powerful key can bring it back, and only for 72 hours.</summary>
public sealed class PlcTombstone : PlcOperation
{
    public const string Type = "plc_tombstone";

    internal PlcTombstone(LexObject fields) : base(fields) =>
        Prev = fields.RequirePrev() ?? throw PlcException.NotAnOperation("prev must be a CID");

    public override Cid? Prev { get; }

    public override PlcState? State => null;

    public static PlcTombstone Sign(Cid prev, ISigningKey key) =>
        new(Sign(PlcFields.Map([new("type", new LexString(Type)), new("prev", new LexString(prev.ToString()))]), key));
}
