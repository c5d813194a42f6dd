using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Infrastructure.Spooling;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Spooling;

public sealed class FileBlockSpoolTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-spool-");

    private string Folder => Path.Combine(_data.FullName, "imports");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Gives_every_block_back_and_knows_no_other()
    {
        var blocks = Enumerable.Range(0, 300).Select(ForeignRepo.Record).Append(Block.Of(new byte[1_500_000])).ToList();
        using var car = await ReceiveAsync(ForeignRepo.Write([blocks[0].Cid], [.. blocks, blocks[3]]));

        Assert.Equal([blocks[0].Cid], car.Header.Roots);
        foreach (var block in blocks)
        {
            Assert.True(car.TryGet(block.Cid, out var bytes));
            Assert.Equal(block.Bytes.ToArray(), bytes.ToArray());
        }

        Assert.False(car.TryGet(ForeignRepo.Record(-1).Cid, out _));
    }

    [Fact]
    public async Task Its_file_has_no_name_so_that_a_crash_leaves_none()
    {
        using var car = await ReceiveAsync(ForeignRepo.Write([ForeignRepo.Record(1).Cid], [ForeignRepo.Record(1)]));

        Assert.True(Directory.Exists(Folder));
        Assert.True(OperatingSystem.IsWindows() || Directory.GetFiles(Folder).Length == 0);
    }

    [Fact]
    public async Task Refuses_what_is_no_CAR_once_it_has_arrived_whole()
    {
        using var content = new MemoryStream([.. ForeignRepo.Write([ForeignRepo.Record(1).Cid], []), 0, .. new byte[1_000_000]]);

        await Assert.ThrowsAsync<DataModelException>(() => Spool().ReceiveAsync(content, 10_000_000, CancellationToken.None));

        Assert.Equal(content.Length, content.Position); // or its sender would not hear why
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task Takes_so_many_bytes_and_no_more()
    {
        var car = ForeignRepo.Write([ForeignRepo.Record(1).Cid], Enumerable.Range(0, 100).Select(ForeignRepo.Record));

        (await Spool().ReceiveAsync(new MemoryStream(car), car.Length, CancellationToken.None)).Dispose();
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => Spool().ReceiveAsync(new MemoryStream(car), car.Length - 1, CancellationToken.None));

        Assert.Equal(XrpcErrorKind.PayloadTooLarge, refusal.Kind);
    }

    [Fact]
    public async Task Takes_so_many_blocks_and_no_more()
    {
        var car = ForeignRepo.Write([ForeignRepo.Record(1).Cid], Enumerable.Range(0, 101).Select(ForeignRepo.Record));

        (await Spool(maxBlocks: 101).ReceiveAsync(new MemoryStream(car), car.Length, CancellationToken.None)).Dispose();
        var fault = await Assert.ThrowsAsync<DataModelException>(() => Spool(maxBlocks: 100).ReceiveAsync(new MemoryStream(car), car.Length, CancellationToken.None));

        Assert.Equal("The CAR has more than 100 blocks", fault.Message);
    }

    private async Task<ISpooledCar> ReceiveAsync(byte[] car) => await Spool().ReceiveAsync(new MemoryStream(car), car.Length, CancellationToken.None);

    private FileBlockSpool Spool(int maxBlocks = 1_000_000) => new(new ImportOptions { Directory = Folder, MaxBlocks = maxBlocks });
}
