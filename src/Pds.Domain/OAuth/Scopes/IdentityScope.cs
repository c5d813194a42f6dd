namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>identity:handle</c>, <c>identity:*</c>: the account's name and DID document (https://atproto.com/specs/permission#identity).</summary>
public sealed class IdentityScope : Scope
{
    internal const string Resource = "identity";
    private const string Attr = "attr";
    private const string HandleWord = "handle";
    private const string AllWord = "*";

    private IdentityScope(IdentityAttribute attribute) : base(ScopeText.Print(Resource, (Attr, [attribute == IdentityAttribute.All ? AllWord : HandleWord]))) =>
        Attribute = attribute;

    public IdentityAttribute Attribute { get; }

    public static IdentityScope Of(IdentityAttribute attribute) => new(attribute);

    public override bool Covers(Scope needed) => needed is IdentityScope identity && identity.Attribute <= Attribute;

    internal static IdentityScope? Read(ScopeParameters parameters) => parameters.Values(Attr)?[Attr].ToList() switch
    {
        [HandleWord] => new IdentityScope(IdentityAttribute.Handle),
        [AllWord] => new IdentityScope(IdentityAttribute.All),
        _ => null,
    };
}
