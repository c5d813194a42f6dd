using System.Globalization;
using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>An operation, or a log of them, that a PLC directory must refuse. The message is the one a directory answers with.</summary>
public sealed class PlcException : Exception
{
    public PlcException(string message) : base(message)
    {
    }

    public PlcException(string message, Exception cause) : base(message, cause)
    {
    }

    internal static PlcException NotAnOperation(string reason) => new($"Not a valid operation: {reason}");

    internal static PlcException Improper(string reason) => new($"Improperly formatted operation, {reason}");

    internal static PlcException Misordered() => new("Operations not correctly ordered");

    internal static PlcException InvalidSignature(PlcOperation operation) => new($"Invalid signature on op: {operation.ToJson()}");

    internal static PlcException WrongGenesis(Cid genesis) =>
        new($"Hash of genesis operation does not match DID identifier: {PlcGenesis.DidOf(genesis)}");

    internal static PlcException LateRecovery(TimeSpan elapsed) => new(string.Create(CultureInfo.InvariantCulture,
        $"Recovery operation occured outside of the allowed 72 hr recovery window. Time lapsed: {elapsed.TotalMilliseconds:0}"));
}
