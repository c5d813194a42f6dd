using Pds.Domain.Crypto;
using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>The first operation of identities from 2022. Their DIDs are hashes of it, so it must be read for ever, but is never made.</summary>
public sealed class PlcLegacyCreate : PlcOperation
{
    public const string Type = "create";

    internal PlcLegacyCreate(LexObject fields) : base(fields)
    {
        if (fields.RequirePrev() is not null) throw PlcException.NotAnOperation("prev must be null");
        var (signing, recovery) = (fields.RequireText("signingKey"), fields.RequireText("recoveryKey"));
        State = new PlcState(
            [PlcState.RotationKey(recovery), PlcState.RotationKey(signing)],
            new Dictionary<string, string> { [PlcState.SigningKeyId] = signing },
            [Alias(fields.RequireText("handle"))],
            new Dictionary<string, PlcService> { [PlcService.PdsId] = new(PlcService.PdsType, Endpoint(fields.RequireText("service"))) });
    }

    public override Cid? Prev => null;

    public override PlcState State { get; }

    private static string Alias(string name)
    {
        if (name.StartsWith("at://", StringComparison.Ordinal)) return name;
        return $"at://{name.Replace("http://", "", StringComparison.Ordinal).Replace("https://", "", StringComparison.Ordinal)}";
    }

    private static string Endpoint(string service) =>
        service.StartsWith("http://", StringComparison.Ordinal) || service.StartsWith("https://", StringComparison.Ordinal) ? service : $"https://{service}";
}
