using Pds.Domain.Crypto;
using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>Creates an identity or replaces all that is said of it.</summary>
public sealed class PlcRegularOperation : PlcOperation
{
    public const string Type = "plc_operation";

    internal PlcRegularOperation(LexObject fields) : base(fields) => (State, Prev) = (PlcState.FromLex(fields), fields.RequirePrev());

    public override Cid? Prev { get; }

    public override PlcState State { get; }

    /// <param name="state">What the identity shall be.</param>
    /// <param name="prev">The operation to follow; null to create an identity.</param>
    /// <param name="key">One of the rotation keys in force after <paramref name="prev"/>.</param>
    public static PlcRegularOperation Sign(PlcState state, Cid? prev, ISigningKey key)
    {
        var unsigned = PlcFields.Map([
            new("type", new LexString(Type)),
            .. state.ToLex().Fields,
            new("prev", prev is { } cid ? new LexString(cid.ToString()) : LexNull.Value),
        ]);
        return new PlcRegularOperation(Sign(unsigned, key));
    }
}
