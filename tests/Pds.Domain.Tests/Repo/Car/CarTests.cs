using System.Buffers;
using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo.Car;

namespace Pds.Domain.Tests.Repo.Car;

public sealed class CarTests
{
    private static readonly Gen<Block[]> Blocks = Gen.Select(Gen.Bool, Gen.Byte.Array[0, 300])
        .Select((raw, bytes) => new Block(Cid.Of(raw ? CidCodec.Raw : CidCodec.DagCbor, bytes), bytes)).Array[1, 8];

    [Fact]
    public void What_is_written_is_read_by_the_stream_in_memory_and_piece_by_piece() =>
        Blocks.SampleAsync(async blocks =>
        {
            var car = Write(blocks);

            var file = CarReader.Read(car);
            var (header, streamed) = await ReadAsync(new MemoryStream(car), CarReader.DefaultMaxBlockLength);
            var (_, trickled) = await ReadAsync(new Trickle(car), CarReader.DefaultMaxBlockLength);

            Assert.Equal(blocks[0].Cid, file.Header.Root);
            Assert.Equal(file.Header.Roots, header.Roots);
            Assert.Equal(Texts(blocks), Texts(file.Blocks));
            Assert.Equal(Texts(blocks), Texts(streamed));
            Assert.Equal(Texts(blocks), Texts(trickled));
        }, iter: 50);

    [Fact]
    public void Lengths_are_foretold()
    {
        var block = Block.Of(new byte[200]);

        Assert.Equal(CarHeader.LengthOfOneRoot + CarWriter.BlockLength(block), Write([block]).Length);
    }

    [Fact]
    public async Task Every_truncation_that_is_not_between_blocks_is_refused()
    {
        Block[] blocks = [Trees.Record(1), Block.Of(new byte[150]), Trees.Record(2)];
        var car = Write(blocks);
        var boundaries = Enumerable.Range(0, blocks.Length + 1).Select(count => CarHeader.LengthOfOneRoot + blocks.Take(count).Sum(CarWriter.BlockLength)).ToArray();

        foreach (var length in Enumerable.Range(0, car.Length).Except(boundaries))
        {
            Assert.Throws<DataModelException>(() => CarReader.Read(car.AsMemory(0, length)));
            await Assert.ThrowsAsync<DataModelException>(() => ReadAsync(new MemoryStream(car, 0, length), CarReader.DefaultMaxBlockLength));
        }
    }

    [Fact]
    public void Any_changed_byte_of_a_block_or_its_name_is_noticed() =>
        Gen.Select(Blocks, Gen.Int[0, 10_000], Gen.Byte[1, 255]).Sample((blocks, position, change) =>
        {
            var car = Write(blocks);
            car[position % car.Length] ^= change;

            CarFile? read = null;
            var error = Record.Exception(() => read = CarReader.Read(car));

            // A change in the header's root is well-formed; every other one breaks a hash, a CID or a length.
            Assert.True(error is DataModelException || (position % car.Length < CarHeader.LengthOfOneRoot && Texts(blocks).SequenceEqual(Texts(read!.Blocks))), error?.ToString());
        });

    [Fact]
    public void Random_bytes_are_refused_by_the_documented_exception_only() =>
        Gen.Byte.Array[0, 200].Sample(bytes => { Assert.ThrowsAny<DataModelException>(() => CarReader.Read(bytes)); });

    [Fact]
    public async Task A_block_over_the_bound_is_refused_before_it_is_read()
    {
        var car = Write([Block.Of(new byte[1000])]);

        Assert.Single((await ReadAsync(new MemoryStream(car), 1000)).Blocks);
        await Assert.ThrowsAsync<DataModelException>(() => ReadAsync(new MemoryStream(car, 0, CarHeader.LengthOfOneRoot + 2), 999));
    }

    [Theory]
    [InlineData("00", "empty section")]
    [InlineData("8100", "shortest form")]
    [InlineData("ffffffffffffffffff7f", "too long")]
    [InlineData("ffffffffffffffff7f", "more than")]
    [InlineData("01aa", "not named by a CID")]
    public void Refuses_a_bad_section(string hex, string why)
    {
        byte[] car = [.. Write([Trees.Record(1)]), .. Convert.FromHexString(hex)];

        Assert.Contains(why, Assert.Throws<DataModelException>(() => CarReader.Read(car)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_another_version_and_a_header_too_long()
    {
        var two = new CarHeader([Trees.Record(1).Cid]).Encode();
        two[^1] = 2;
        var many = new CarHeader([.. Enumerable.Repeat(Trees.Record(1).Cid, 100)]).Encode();

        Assert.Throws<DataModelException>(() => CarHeader.Decode(two));
        Assert.Throws<DataModelException>(() => CarReader.Read((byte[])[0x81, 0x20, .. many]));
        Assert.Throws<DataModelException>(() => new CarHeader([]).Root);
        Assert.Equal(100, CarHeader.Decode(many).Roots.Count);
    }

    [Fact]
    public void A_number_survives_in_its_shortest_form() =>
        Gen.ULong[0, long.MaxValue].Sample(value =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            Varint.Write(buffer, value);

            Assert.True(Varint.TryRead(buffer.WrittenSpan, out var read, out var length));
            Assert.Equal((value, buffer.WrittenCount, Varint.Length(value)), (read, length, length));
            Assert.False(Varint.TryRead(buffer.WrittenSpan[..^1], out _, out _));
        });

    private static byte[] Write(Block[] blocks)
    {
        var car = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader(car, blocks[0].Cid);
        foreach (var block in blocks) CarWriter.WriteBlock(car, block.Cid, block.Bytes.Span);
        return car.WrittenSpan.ToArray();
    }

    private static async Task<(CarHeader Header, List<Block> Blocks)> ReadAsync(Stream stream, int maxBlockLength)
    {
        var reader = await CarReader.OpenAsync(stream, maxBlockLength, CancellationToken.None);
        var blocks = new List<Block>();
        await foreach (var block in reader.ReadBlocksAsync(CancellationToken.None)) blocks.Add(block);
        return (reader.Header, blocks);
    }

    private static string[] Texts(IEnumerable<Block> blocks) => [.. blocks.Select(block => $"{block.Cid} {Convert.ToHexString(block.Bytes.Span)}")];

    /// <summary>Gives one byte at a time, as a slow network might.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
