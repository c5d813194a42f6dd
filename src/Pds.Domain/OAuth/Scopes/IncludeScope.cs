using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>include:app.example.authFull?aud=did:web:api.example.com%23svc</c>: all that a published permission set lists (https://atproto.com/specs/permission#permission-sets).</summary>
public sealed class IncludeScope : Scope
{
    internal const string Resource = "include";
    private const string NsidName = "nsid";
    private const string Aud = "aud";

    private IncludeScope(Nsid set, DidReference? audience) : base(Print(set, audience)) => (Set, Audience) = (set, audience);

    /// <summary>The lexicon that describes the set.</summary>
    public Nsid Set { get; }

    /// <summary>Which service the set's calls are for, where they say that they inherit it; null for none.</summary>
    public DidReference? Audience { get; }

    /// <summary>Nothing: what the set lists does, once it is in this one's place.</summary>
    public override bool Covers(Scope needed) => false;

    /// <summary>What the set grants as it is written now. What it grants to nobody is left out.</summary>
    public IEnumerable<Scope> Expand(PermissionSetSchema set) => IncludedPermissions.Of(this, set);

    internal static IncludeScope? Read(ScopeParameters parameters)
    {
        if (parameters.Values(NsidName, Aud) is not { } values) return null;
        if (values[NsidName].ToList() is not [var name] || !Nsid.TryParse(name, out var set)) return null;
        return values[Aud].ToList() switch
        {
            [] => new IncludeScope(set, audience: null),
            [var aud] when RpcScope.TryReadService(aud, out var audience) => new IncludeScope(set, audience),
            _ => null,
        };
    }

    private static string Print(Nsid set, DidReference? audience) =>
        ScopeText.Print(Resource, (NsidName, [set.Value]), (Aud, audience is null ? [] : [audience.ToString()]));
}
