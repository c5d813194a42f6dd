using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Domain.Plc;

/// <summary>An identity as it is now: what a directory answers at <c>/:did/data</c>.</summary>
public sealed record PlcData(Did Did, PlcState State)
{
    /// <summary>What a directory answers at <c>/:did</c>. Rotation keys are not in it.</summary>
    public DidDocument ToDocument() => DidDocument.Build(
        Did,
        State.AlsoKnownAs,
        [.. State.VerificationMethods.Select(method => VerificationMethod.Multikey(Did, method.Key, Multibase(method.Value)))],
        [.. State.Services.Select(service => new DidService($"#{service.Key}", service.Value.Type, service.Value.Endpoint))]);

    public LexObject ToLex() => PlcFields.Map([new("did", new LexString(Did.Value)), .. State.ToLex().Fields]);

    /// <exception cref="PlcException">Not what a directory answers.</exception>
    public static PlcData FromLex(LexValue value) =>
        value is LexObject data && Did.TryParse(data.Text("did"), out var did)
            ? new PlcData(did, PlcState.FromLex(data))
            : throw new PlcException("Not the data of an identity");

    private static string Multibase(string didKey) => didKey[(didKey.LastIndexOf(':') + 1)..];
}
