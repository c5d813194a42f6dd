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
    public static PlcRegularOperation Sign(PlcState state, Cid? prev, ISigningKey key) => Sign(state, changes: LexObject.Empty, prev, key);

    /// <param name="state">What the identity is.</param>
    /// <param name="changes">Fields of an operation, to stand in the place of the state's, as somebody else wrote them.</param>
    /// <param name="prev">The operation to follow; null to create an identity.</param>
    /// <param name="key">One of the rotation keys in force after <paramref name="prev"/>.</param>
    /// <exception cref="PlcException">With those fields it is no operation. Whether a directory would take it is for <see cref="PlcConstraints"/>.</exception>
    public static PlcRegularOperation Sign(PlcState state, LexObject changes, Cid? prev, ISigningKey key)
    {
        var unsigned = PlcFields.Map([
            new("type", new LexString(Type)),
            .. state.ToLex().Fields.Select(field => KeyValuePair.Create(field.Key, changes[field.Key] ?? field.Value)),
            new("prev", prev is { } cid ? new LexString(cid.ToString()) : LexNull.Value),
        ]);
        return new PlcRegularOperation(Sign(unsigned, key));
    }
}
