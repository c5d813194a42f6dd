using Pds.Application.Takeover;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;

namespace Pds.Application.Ports;

/// <summary>What an official server keeps of one account: its key, its repo, its blobs, its preferences. One reader at a time.</summary>
/// <remarks>Everything may fail with <see cref="OfficialDataException"/>. As a source of blocks it answers only those that are what their CIDs name.</remarks>
public interface IOfficialActor : IBlockSource, IDisposable
{
    PrivateKey Key { get; }

    /// <summary>The commit that is the repo's head.</summary>
    Cid Head { get; }

    /// <summary>The repo as one CAR.</summary>
    Stream OpenCar();

    /// <summary>The records that are taken down.</summary>
    IEnumerable<(RecordPath Path, string TakedownRef)> ReadTakedowns();

    /// <summary>The blobs after one, in the order of their CIDs as text.</summary>
    IReadOnlyList<OfficialBlob> ReadBlobs(Cid? after, int limit);

    int CountBlobs();

    /// <summary>Preferences in their order.</summary>
    IReadOnlyList<Preference> ReadPreferences();
}

/// <param name="File">Where its bytes are to be.</param>
public sealed record OfficialBlob(StoredBlob Blob, string File);
