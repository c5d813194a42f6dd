using System.Globalization;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Plc;

/// <summary>An operation that a directory accepted.</summary>
/// <param name="Operation">What was accepted.</param>
/// <param name="CreatedAt">When, by the directory's clock. Not signed by anyone.</param>
/// <param name="Nullified">True once a more powerful key has struck it out.</param>
public sealed record PlcLogEntry(PlcOperation Operation, DateTimeOffset CreatedAt, bool Nullified = false)
{
    public Cid Cid => Operation.Cid;

    /// <summary>The form of <c>/:did/log/audit</c> and of <c>/export</c>.</summary>
    public LexObject ToLex(Did did) => PlcFields.Map([
        new("did", new LexString(did.Value)),
        new("operation", Operation.Fields),
        new("cid", new LexString(Cid.ToString())),
        new("nullified", new LexBoolean(Nullified)),
        new("createdAt", new LexString(AtDatetime.Of(CreatedAt).Value)),
    ]);

    /// <exception cref="PlcException">Not an entry, or its CID is not its operation's.</exception>
    public static PlcLogEntry FromLex(LexValue value)
    {
        if (value is not LexObject entry
            || entry["nullified"] is not LexBoolean nullified
            || !DateTimeOffset.TryParse(entry.Text("createdAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var createdAt))
            throw new PlcException("Not an entry of an audit log");

        var operation = PlcOperation.FromLex(entry.RequireObject("operation"));
        return entry.Text("cid") == operation.Cid.ToString()
            ? new PlcLogEntry(operation, createdAt, nullified.Value)
            : throw new PlcException("The CID of an entry is not its operation's");
    }
}
