using System.Diagnostics.CodeAnalysis;
using Pds.Domain.Accounts;

namespace Pds.Domain.OAuth;

/// <summary>What a browser's cookie says: which device it is, and the secret that proves it.</summary>
public sealed record DeviceKey(DeviceId Id, Secret Secret)
{
    private const char Separator = '.';

    /// <summary>As long as a cookie of ours ever is; longer ones are not looked at.</summary>
    private const int MaxLength = 128;

    /// <summary>Reads a cookie's value. Whether the secret is right is not asked here.</summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out DeviceKey key)
    {
        key = null;
        if (text is not { Length: <= MaxLength } || text.Split(Separator) is not [var name, { Length: > 0 } secret] || !DeviceId.TryParse(name, out var id)) return false;
        key = new DeviceKey(id, Secret.Of(secret));
        return true;
    }

    /// <summary>The cookie's value, for the one place that sets it.</summary>
    public string Reveal() => $"{Id}{Separator}{Secret.Reveal()}";
}
