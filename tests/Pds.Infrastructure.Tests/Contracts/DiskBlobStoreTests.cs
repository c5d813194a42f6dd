using Pds.Application.Options;
using Pds.Infrastructure.Blobs;

namespace Pds.Infrastructure.Tests.Contracts;

public sealed class DiskBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly DirectoryInfo _data;

    public DiskBlobStoreTests() : this(Directory.CreateTempSubdirectory("pds-blobs-"))
    {
    }

    private DiskBlobStoreTests(DirectoryInfo data) : base(new DiskBlobStore(OptionsIn(data))) => _data = data;

    public void Dispose() => _data.Delete(recursive: true);

    private protected override int CountLeftovers() => new DirectoryInfo(OptionsIn(_data).BlobTemporaryDirectory).GetFiles().Length;

    private static StorageOptions OptionsIn(DirectoryInfo data) => new()
    {
        DataDirectory = data.FullName,
        BlobDirectory = Path.Combine(data.FullName, "blobs"),
        BlobTemporaryDirectory = Path.Combine(data.FullName, "arriving"),
        BlobUploadLimit = 1_000_000,
    };
}
