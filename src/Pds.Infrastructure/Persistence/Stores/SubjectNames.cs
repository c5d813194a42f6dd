namespace Pds.Infrastructure.Persistence.Stores;

/// <summary>How operators find what was done or said about something: accounts by their DID, records by their AT-URI, blobs by <c>did/cid</c>.</summary>
internal static class SubjectNames
{
    /// <summary>The condition that <c>subject</c> is what a parameter says, or lies within it: an account's records and blobs.</summary>
    /// <remarks>What lies within comes after it and a slash: records after "at://did/", blobs after "did/". '0' is the character after '/'.</remarks>
    public static string Within(string parameter) =>
        $"AND (subject = {parameter} OR (subject > {parameter} || '/' AND subject < {parameter} || '0') OR (subject > 'at://' || {parameter} || '/' AND subject < 'at://' || {parameter} || '0'))";
}
