using System.Globalization;
using Pds.Application.Errors;

namespace Pds.Application.LocalPds.Admin.Paging;

/// <summary>The place before which a list of numbered things goes on: such lists begin with the newest.</summary>
internal static class NumberCursor
{
    /// <summary>Null where nothing is given.</summary>
    /// <exception cref="XrpcException">InvalidRequest: it is no cursor of ours.</exception>
    public static long? Parse(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw XrpcException.InvalidRequest("Malformed cursor");

    /// <summary>As clients are given it.</summary>
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);
}
