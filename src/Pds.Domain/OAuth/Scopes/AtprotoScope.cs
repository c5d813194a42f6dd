namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>atproto</c>: every session of this protocol has it. By itself it lets an app know who signed in, and nothing else.</summary>
public sealed class AtprotoScope : Scope
{
    private const string Word = "atproto";

    private AtprotoScope() : base(Word)
    {
    }

    public static AtprotoScope Instance { get; } = new();

    public override bool Covers(Scope needed) => needed is AtprotoScope;

    internal static AtprotoScope? Read(string? word) => word == Word ? Instance : null;
}
