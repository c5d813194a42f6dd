using System.Buffers.Binary;
using Pds.Domain.Data;
using Pds.Infrastructure.Spooling;

namespace Pds.Infrastructure.Tests.Spooling;

public sealed class SpoolIndexTests
{
    [Fact]
    public void Finds_every_block_where_it_was_put_and_no_other()
    {
        var index = new SpoolIndex();

        for (var number = 0; number < 100_000; number++) Assert.True(index.TryAdd(CidOf(number), number * 1000L, (number % 5000) + 1));

        Assert.Equal(100_000, index.Count);
        for (var number = 0; number < 100_000; number++)
        {
            Assert.True(index.TryFind(CidOf(number), out var offset, out var length));
            Assert.Equal((number * 1000L, (number % 5000) + 1), (offset, length));
        }

        for (var number = 100_000; number < 101_000; number++) Assert.False(index.TryFind(CidOf(number), out _, out _));
    }

    [Fact]
    public void Keeps_the_first_of_two_equal_blocks()
    {
        var index = new SpoolIndex();

        Assert.True(index.TryAdd(CidOf(1), 5, 6));
        Assert.False(index.TryAdd(CidOf(1), 7, 8));

        Assert.True(index.TryFind(CidOf(1), out var offset, out _));
        Assert.Equal((5, 1), (offset, index.Count));
    }

    [Fact]
    public void Tells_the_two_names_of_the_same_bytes_apart()
    {
        var index = new SpoolIndex();

        Assert.True(index.TryAdd(Cid.Of(CidCodec.Raw, "same"u8), 1, 1));

        Assert.False(index.TryFind(Cid.Of(CidCodec.DagCbor, "same"u8), out _, out _));
    }

    [Fact]
    public void Takes_the_largest_offset_and_length_that_there_can_be()
    {
        var index = new SpoolIndex();
        const long Offset = (1L << 42) - 1;
        const int Length = (1 << 22) - 1;

        index.TryAdd(CidOf(1), Offset, Length);

        Assert.True(index.TryFind(CidOf(1), out var offset, out var length));
        Assert.Equal((Offset, Length), (offset, length));
    }

    private static Cid CidOf(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return Cid.Of(CidCodec.Raw, bytes);
    }
}
