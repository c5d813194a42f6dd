namespace Pds.Application.Options;

/// <summary>Where things are kept.</summary>
public sealed record StorageOptions
{
    /// <summary>Database, keys, and blobs unless they are elsewhere. One server at a time may use it.</summary>
    public required string DataDirectory { get; init; }

    public required string BlobDirectory { get; init; }

    /// <summary>Blobs that are still arriving; on the same file system as <see cref="BlobDirectory"/>.</summary>
    public required string BlobTemporaryDirectory { get; init; }

    /// <summary>Lexicon documents of the operator's, which add to the built-in ones or take their place; null for none.</summary>
    public string? LexiconDirectory { get; init; }

    /// <summary>The largest blob, in bytes.</summary>
    public required long BlobUploadLimit { get; init; }

    /// <summary>How much one account's blobs may take up, in bytes; null for any amount.</summary>
    public long? AccountQuota { get; init; }
}
