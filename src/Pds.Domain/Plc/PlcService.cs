namespace Pds.Domain.Plc;

/// <summary>A service that an identity names. Directories check its length, nothing else: distrust the endpoint.</summary>
public sealed record PlcService(string Type, string Endpoint)
{
    /// <summary>The id and type of an account's PDS.</summary>
    public const string PdsId = "atproto_pds";

    public const string PdsType = "AtprotoPersonalDataServer";
}
