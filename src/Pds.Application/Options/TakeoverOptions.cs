namespace Pds.Application.Options;

/// <summary>Where the files of an official server lie that this one takes the place of, and what becomes of them.</summary>
public sealed record TakeoverOptions
{
    /// <summary><c>account.sqlite</c>.</summary>
    public required string AccountDatabase { get; init; }

    /// <summary><c>sequencer.sqlite</c>.</summary>
    public required string SequencerDatabase { get; init; }

    /// <summary>The folder with a database and a key for each account.</summary>
    public required string ActorDirectory { get; init; }

    /// <summary>The folder with a folder of blobs for each account.</summary>
    public required string BlobDirectory { get; init; }

    /// <summary>Where its blobs wait for their first mention.</summary>
    public required string BlobTemporaryDirectory { get; init; }

    /// <summary>How blobs get into this server's store.</summary>
    public BlobTransfer Blobs { get; init; }

    /// <summary>Everything is read and checked, and nothing is written.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>How a blob gets from one folder into another.</summary>
public enum BlobTransfer
{
    /// <summary>The old server keeps what it has.</summary>
    Copy,

    /// <summary>One file under two names, where both are on one file system: no room is taken, and the old server keeps what it has.</summary>
    Link,

    /// <summary>The old server has it no more.</summary>
    Move,
}
