using System.Text.RegularExpressions;
using Pds.Domain.Data;

namespace Pds.Domain.Plc;

/// <summary>What a directory demands of a new operation beyond a valid signature. Old logs hold operations that would fail here.</summary>
public static partial class PlcConstraints
{
    /// <summary>The most that an operation may take as DAG-CBOR, signature included.</summary>
    public const int MaxBytes = 7500;

    public const int MaxRotationKeys = 5;
    public const int MaxVerificationMethods = 10;
    public const int MaxAliases = 10;
    public const int MaxServices = 10;

    /// <summary>The longest alias: <c>at://</c> and the longest handle.</summary>
    public const int MaxAliasLength = 258;

    public const int MaxIdLength = 32;
    public const int MaxServiceTypeLength = 256;
    public const int MaxEndpointLength = 512;

    /// <exception cref="PlcException">The operation is too large, badly formed, or of the legacy kind.</exception>
    public static void Ensure(PlcOperation operation)
    {
        if (operation.Encode().Length > MaxBytes) throw new PlcException($"Operation too large ({MaxBytes} bytes maximum in cbor encoding)");
        switch (operation)
        {
            case PlcTombstone:
                EnsureOnly(operation.Fields, "type", "prev", "sig");
                break;
            case PlcRegularOperation regular:
                EnsureOnly(operation.Fields, "type", "rotationKeys", "verificationMethods", "alsoKnownAs", "services", "prev", "sig");
                EnsureRotationKeys(regular.State);
                EnsureVerificationMethods(regular.State);
                EnsureAliases(regular.State);
                EnsureServices(regular);
                break;
            default: throw PlcException.NotAnOperation("the type create is for operations of old");
        }
    }

    private static void EnsureRotationKeys(PlcState state)
    {
        var keys = state.RotationKeys;
        if (keys.Count > MaxRotationKeys) throw PlcException.Improper("too many rotation keys");
        if (keys.Count == 0) throw PlcException.Improper("need at least one rotation key");
        if (keys.Distinct().Count() < keys.Count) throw PlcException.Improper("duplicate rotation key");
    }

    private static void EnsureVerificationMethods(PlcState state)
    {
        Ensure(state.VerificationMethods.Count <= MaxVerificationMethods, $"Too many verificationMethod entries (max {MaxVerificationMethods})");
        foreach (var (id, key) in state.VerificationMethods)
        {
            Ensure(id.Length <= MaxIdLength, $"Verification Method id too long (max {MaxIdLength}): {id}");
            Ensure(AnyDidKey.IsMatch(key), $"Invalid verificationMethod key: {key}");
        }
    }

    private static void EnsureAliases(PlcState state)
    {
        Ensure(state.AlsoKnownAs.Count <= MaxAliases, $"Too many alsoKnownAs entries (max {MaxAliases})");
        var seen = new HashSet<string>();
        foreach (var alias in state.AlsoKnownAs)
        {
            Ensure(alias.Length <= MaxAliasLength, $"alsoKnownAs entry too long (max {MaxAliasLength}): {alias}");
            Ensure(seen.Add(alias), $"duplicate alsoKnownAs entry: {alias}");
        }
    }

    private static void EnsureServices(PlcRegularOperation operation)
    {
        var services = operation.State.Services;
        Ensure(services.Count <= MaxServices, $"Too many service entries (max {MaxServices})");
        foreach (var (id, service) in services)
        {
            Ensure(id.Length <= MaxIdLength, $"Service id too long (max {MaxIdLength}): {id}");
            Ensure(service.Type.Length <= MaxServiceTypeLength, $"Service type too long (max {MaxServiceTypeLength})");
            Ensure(service.Endpoint.Length <= MaxEndpointLength, $"Service endpoint too long (max {MaxEndpointLength})");
            EnsureOnly(operation.Fields.RequireObject("services").RequireObject(id), "type", "endpoint");
        }
    }

    private static void EnsureOnly(LexObject map, params ReadOnlySpan<string> keys)
    {
        foreach (var (key, _) in map.Fields)
            if (!keys.Contains(key)) throw PlcException.NotAnOperation($"unknown field {key}");
    }

    private static void Ensure(bool holds, string message)
    {
        if (!holds) throw new PlcException(message);
    }

    /// <summary>A did:key of any curve: only its syntax is known (spec of v0.2).</summary>
    [GeneratedRegex(@"^did:key:z[1-9A-HJ-NP-Za-km-z]+\z")]
    private static partial Regex AnyDidKey { get; }
}
