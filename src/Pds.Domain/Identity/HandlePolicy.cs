using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>Which handles this server gives out, and which it lets in.</summary>
/// <param name="serviceDomains">The domains whose names it gives out; a dot in front makes no difference.</param>
public sealed class HandlePolicy(IReadOnlyList<string> serviceDomains)
{
    /// <summary>How long the part before the domain may be.</summary>
    public const int MinLabelLength = 3;

    public const int MaxLabelLength = 18;

    // https://atproto.com/specs/handle#additional-non-syntax-restrictions. ".test" is for tests and development.
    private static readonly string[] ForbiddenTlds = [".alt", ".arpa", ".example", ".internal", ".invalid", ".local", ".localhost", ".onion"];

    // The longest first: with both "example.com" and "pds.example.com", alice.pds.example.com is a name of the latter.
    private readonly string[] _suffixes = [.. serviceDomains
        .Select(domain => $".{domain.TrimStart('.').ToLowerInvariant()}")
        .OrderByDescending(suffix => suffix.Length)];

    /// <summary>True for a name of one of this server's own domains: such a handle needs no resolving, only an account.</summary>
    public bool IsServed(Handle handle) => SuffixOf(handle) is not null;

    /// <summary>The one of this server's domains that the handle is a name of, with a dot in front; null for a name of any other.</summary>
    public string? SuffixOf(Handle handle) => Array.Find(_suffixes, suffix => handle.Value.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>The name of this server's own domains that a did:web consists of; null for any other DID.</summary>
    /// <remarks>Case matters in DIDs and not in handles: only one in lower case is the DID of a name.</remarks>
    public Handle? NameOf(Did did) =>
        did.Method == "web" && Handle.TryParse(did.Identifier, out var name) && name.Value == did.Identifier && IsServed(name) ? name : null;

    /// <summary>Null where an account may have that handle. One of a foreign domain must still be confirmed by resolving it.</summary>
    /// <param name="handle">The handle asked for.</param>
    /// <param name="allowReserved">For an administrator, who may hand out what is reserved.</param>
    public HandleRefusal? Check(Handle handle, bool allowReserved = false)
    {
        foreach (var tld in ForbiddenTlds)
            if (handle.Value.EndsWith(tld, StringComparison.Ordinal)) return HandleRefusal.ForbiddenTld;
        return SuffixOf(handle) is { } suffix ? CheckLabel(handle.Value[..^suffix.Length], allowReserved) : null;
    }

    /// <summary>Null where a new account may have that handle: only names of this server's own domains.</summary>
    public HandleRefusal? CheckSignUp(Handle handle) => Check(handle) ?? (IsServed(handle) ? null : HandleRefusal.ForeignDomain);

    private static HandleRefusal? CheckLabel(string label, bool allowReserved)
    {
        if (label.Contains('.', StringComparison.Ordinal)) return HandleRefusal.Dotted;
        if (label.Length < MinLabelLength) return HandleRefusal.TooShort;
        if (label.Length > MaxLabelLength) return HandleRefusal.TooLong;
        return !allowReserved && ReservedHandles.Contains(label) ? HandleRefusal.Reserved : null;
    }
}
