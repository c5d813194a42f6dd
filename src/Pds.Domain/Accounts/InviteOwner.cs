using System.Diagnostics.CodeAnalysis;
using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>Whose an invite code is, or who made it: an account, or the administrator, whom the lexicons write as <c>admin</c>.</summary>
public sealed record InviteOwner : ISyntax<InviteOwner>
{
    private const string AdminText = "admin";

    private InviteOwner(Did? did) => Did = did;

    public static InviteOwner Admin { get; } = new(did: null);

    /// <summary>The account; null for the administrator.</summary>
    public Did? Did { get; }

    public static InviteOwner Of(Did did) => new(did);

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out InviteOwner owner)
    {
        owner = text == AdminText ? Admin : Did.TryParse(text, out var did) ? Of(did) : null;
        return owner is not null;
    }

    public override string ToString() => Did?.Value ?? AdminText;
}
