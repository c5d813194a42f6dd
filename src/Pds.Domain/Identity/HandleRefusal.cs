namespace Pds.Domain.Identity;

/// <summary>Why a handle is not given out: an error's name and message, as clients know them.</summary>
public sealed record HandleRefusal(string Name, string Message)
{
    public static readonly HandleRefusal ForbiddenTld = new("InvalidHandle", "Handle TLD is invalid or disallowed");
    public static readonly HandleRefusal Dotted = new("InvalidHandle", "Invalid characters in handle");
    public static readonly HandleRefusal TooShort = new("InvalidHandle", "Handle too short");
    public static readonly HandleRefusal TooLong = new("InvalidHandle", "Handle too long");
    public static readonly HandleRefusal Reserved = new("HandleNotAvailable", "Reserved handle");
    public static readonly HandleRefusal ForeignDomain = new("UnsupportedDomain", "Not a supported handle domain");
}
