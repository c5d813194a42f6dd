using System.Globalization;
using Pds.Application.Errors;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>The place after which a list of accounts goes on: such lists begin with the oldest, and DIDs order accounts of the same millisecond.</summary>
public sealed record AccountCursor(DateTimeOffset CreatedAt, Did Did)
{
    private const string Separator = "::";

    /// <summary>Reads what <see cref="ToString"/> wrote; null where nothing is given.</summary>
    /// <exception cref="XrpcException">InvalidRequest: it is no cursor of ours.</exception>
    public static AccountCursor? Parse(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        var at = cursor.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0
            && long.TryParse(cursor.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            && Did.TryParse(cursor[(at + Separator.Length)..], out var did)
                ? new AccountCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), did)
                : throw XrpcException.MalformedCursor();
    }

    /// <summary>As clients are given it: <c>1767225600000::did:plc:…</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CreatedAt.ToUnixTimeMilliseconds()}{Separator}{Did}");
}
