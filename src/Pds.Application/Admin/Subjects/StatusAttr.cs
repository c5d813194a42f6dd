namespace Pds.Application.Admin.Subjects;

/// <summary><c>com.atproto.admin.defs#statusAttr</c>: whether something is done to a subject, and the moderator's reference for it.</summary>
public sealed record StatusAttr(bool Applied, string? Ref = null)
{
    public const int MaxRefLength = 512;

    /// <summary>A takedown as it is stored: its reference, or null for none.</summary>
    internal static StatusAttr Of(string? takedownRef) => new(takedownRef is not null, takedownRef);
}
