using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Plc;

/// <summary>What an operation says of an identity. Every operation says all of it.</summary>
/// <param name="RotationKeys">The keys that may change the identity, the most powerful first.</param>
/// <param name="VerificationMethods">Keys of other uses by id; <c>atproto</c> signs the repository. Any <c>did:key</c>, of curves not known here too.</param>
/// <param name="AlsoKnownAs">Aliases by preference; <c>at://</c> and a handle names the account.</param>
/// <param name="Services">Services by id.</param>
public sealed record PlcState(
    IReadOnlyList<DidKey> RotationKeys,
    IReadOnlyDictionary<string, string> VerificationMethods,
    IReadOnlyList<string> AlsoKnownAs,
    IReadOnlyDictionary<string, PlcService> Services)
{
    /// <summary>The id of the key that signs an account's repository.</summary>
    public const string SigningKeyId = "atproto";

    private const string AliasPrefix = "at://";

    /// <summary>What an account of the protocol needs, and no more.</summary>
    public static PlcState Of(IReadOnlyList<DidKey> rotationKeys, DidKey signingKey, Handle handle, Uri pds) => new(
        rotationKeys,
        new Dictionary<string, string> { [SigningKeyId] = signingKey.ToString() },
        [AliasPrefix + handle],
        new Dictionary<string, PlcService> { [PlcService.PdsId] = new(PlcService.PdsType, Origin(pds)) });

    /// <summary>The same with another handle in the place of the first; other aliases stay, each once.</summary>
    public PlcState WithHandle(Handle handle)
    {
        List<string> aliases = [.. AlsoKnownAs];
        var at = aliases.FindIndex(alias => alias.StartsWith(AliasPrefix, StringComparison.Ordinal));
        if (at >= 0) aliases[at] = AliasPrefix + handle;
        else aliases.Insert(0, AliasPrefix + handle);
        return this with { AlsoKnownAs = [.. aliases.Distinct()] }; // a directory refuses an alias that stands there twice
    }

    public PlcState WithSigningKey(DidKey key) =>
        this with { VerificationMethods = new Dictionary<string, string>(VerificationMethods) { [SigningKeyId] = key.ToString() } };

    public PlcState WithPds(Uri pds) =>
        this with { Services = new Dictionary<string, PlcService>(Services) { [PlcService.PdsId] = new(PlcService.PdsType, Origin(pds)) } };

    public bool Equals(PlcState? other) => other is not null && ToLex().Equals(other.ToLex());

    public override int GetHashCode() => ToLex().GetHashCode();

    /// <exception cref="PlcException">A field is missing or of the wrong kind, or a rotation key is of an unknown curve.</exception>
    internal static PlcState FromLex(LexObject fields)
    {
        var methods = fields.RequireObject("verificationMethods");
        var services = fields.RequireObject("services");
        return new PlcState(
            [.. fields.RequireTexts("rotationKeys").Select(RotationKey)],
            methods.Fields.ToDictionary(method => method.Key, method => methods.RequireText(method.Key)),
            fields.RequireTexts("alsoKnownAs"),
            services.Fields.ToDictionary(service => service.Key, service => ReadService(services.RequireObject(service.Key))));
    }

    internal static DidKey RotationKey(string text) =>
        DidKey.TryParse(text, out var key) ? key : throw new PlcException($"Invalid rotationKey: {text}");

    /// <summary>The fields of an operation that says this.</summary>
    public LexObject ToLex() => PlcFields.Map([
        new("verificationMethods", PlcFields.Map(VerificationMethods.Select(method => KeyValuePair.Create<string, LexValue>(method.Key, new LexString(method.Value))))),
        new("rotationKeys", PlcFields.List(RotationKeys.Select(key => key.ToString()))),
        new("alsoKnownAs", PlcFields.List(AlsoKnownAs)),
        new("services", PlcFields.Map(Services.Select(service => KeyValuePair.Create<string, LexValue>(service.Key, WriteService(service.Value))))),
    ]);

    private static PlcService ReadService(LexObject service) => new(service.RequireText("type"), service.RequireText("endpoint"));

    private static LexObject WriteService(PlcService service) =>
        PlcFields.Map([new("type", new LexString(service.Type)), new("endpoint", new LexString(service.Endpoint))]);

    // No path and no trailing slash (https://atproto.com/specs/did#did-documents).
    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
