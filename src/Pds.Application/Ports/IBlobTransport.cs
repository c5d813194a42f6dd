using Pds.Application.Options;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Brings blobs into the store from files of this machine.</summary>
public interface IBlobTransport
{
    /// <summary>Reads a file whole, with little memory, and says what it found.</summary>
    Task<BlobFinding> CheckAsync(string file, Cid expected, CancellationToken ct);

    /// <summary>Checks a file, and puts what it holds where the store finds it, durably. A file that is there already is left as it is.</summary>
    /// <exception cref="IOException">It cannot be read or written; a link cannot be made between two file systems.</exception>
    Task<BlobFinding> BringAsync(Did did, Cid cid, string file, BlobTransfer transfer, CancellationToken ct);
}

/// <summary>What became of a file that should hold a blob.</summary>
/// <param name="Size">In bytes, where it holds the blob.</param>
public readonly record struct BlobFinding(BlobState State, long Size = 0);

public enum BlobState
{
    /// <summary>It holds the blob.</summary>
    Good,

    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>It holds something else.</summary>
    Damaged,
}
