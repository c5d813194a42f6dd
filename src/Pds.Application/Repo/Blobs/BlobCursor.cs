using Pds.Application.Errors;
using Pds.Domain.Data;

namespace Pds.Application.Repo.Blobs;

/// <summary>Where a list of blobs goes on: after the last CID of the page before.</summary>
internal static class BlobCursor
{
    /// <summary>Null, for the beginning, where nothing is given.</summary>
    /// <exception cref="XrpcException">InvalidRequest: not a CID.</exception>
    public static Cid? Parse(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? null
        : Cid.TryParse(cursor, out var cid) ? cid
        : throw XrpcException.InvalidRequest("Malformed cursor");
}
