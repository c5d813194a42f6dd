using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Pds.Domain.Data;

namespace Pds.Domain.Repo.Car;

/// <summary>Reads a CAR and believes none of it: version 1 only, lengths bounded and in their shortest form, blessed CIDs only, and every block hashed.</summary>
/// <remarks>Whatever is wrong or cut short is a <see cref="DataModelException"/>. The order of blocks and duplicates are up to the file.</remarks>
public sealed class CarReader
{
    /// <summary>The most bytes of one block unless the caller says otherwise: 2 MiB.</summary>
    public const int DefaultMaxBlockLength = 2 * 1024 * 1024;

    private readonly PipeReader _input;
    private readonly int _maxBlockLength;

    private CarReader(PipeReader input, CarHeader header, int maxBlockLength) => (_input, Header, _maxBlockLength) = (input, header, maxBlockLength);

    public CarHeader Header { get; }

    /// <summary>Reads the header of a stream. The blocks follow in <see cref="ReadBlocksAsync"/>; the stream stays open.</summary>
    public static Task<CarReader> OpenAsync(Stream stream, CancellationToken ct) => OpenAsync(stream, DefaultMaxBlockLength, ct);

    public static Task<CarReader> OpenAsync(Stream stream, int maxBlockLength, CancellationToken ct) =>
        OpenAsync(PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true)), maxBlockLength, ct);

    /// <summary>As above, from a pipe such as a request's body.</summary>
    public static async Task<CarReader> OpenAsync(PipeReader input, int maxBlockLength, CancellationToken ct)
    {
        var header = await NextSectionAsync(input, CarHeader.MaxLength, ct) ?? throw CutShort();
        return new CarReader(input, CarHeader.Decode(header), maxBlockLength);
    }

    /// <summary>The blocks as they come. Each has its own memory, which the caller may keep. Can be read once.</summary>
    public async IAsyncEnumerable<Block> ReadBlocksAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await NextSectionAsync(_input, _maxBlockLength + Cid.ByteLength, ct) is { } section) yield return Verified(section);
        await _input.CompleteAsync();
    }

    /// <summary>Reads a CAR that is in memory already, such as a firehose event's. The blocks share that memory.</summary>
    public static CarFile Read(ReadOnlyMemory<byte> car)
    {
        var header = CarHeader.Decode(Take(ref car, CarHeader.MaxLength).Span);
        var blocks = new List<Block>();
        while (!car.IsEmpty) blocks.Add(Verified(Take(ref car, DefaultMaxBlockLength + Cid.ByteLength)));
        return new CarFile(header, blocks);
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> car, int maxLength)
    {
        if (!Varint.TryRead(car.Span, out var length, out var start)) throw CutShort();
        var end = start + Bounded(length, maxLength);
        if (end > car.Length) throw CutShort();
        var section = car[start..end];
        car = car[end..];
        return section;
    }

    private static async ValueTask<byte[]?> NextSectionAsync(PipeReader input, int maxLength, CancellationToken ct)
    {
        while (true)
        {
            var result = await input.ReadAsync(ct);
            var buffer = result.Buffer;
            if (TryTake(ref buffer, maxLength, out var section))
            {
                input.AdvanceTo(buffer.Start);
                return section;
            }

            if (result.IsCompleted) return buffer.IsEmpty ? null : throw CutShort();
            input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, int maxLength, out byte[] section)
    {
        section = [];
        Span<byte> head = stackalloc byte[Varint.MaxLength];
        head = head[..(int)Math.Min(head.Length, buffer.Length)];
        buffer.Slice(0, head.Length).CopyTo(head);
        if (!Varint.TryRead(head, out var length, out var start)) return false;

        var bounded = Bounded(length, maxLength);
        if (buffer.Length - start < bounded) return false;
        section = buffer.Slice(start, bounded).ToArray();
        buffer = buffer.Slice(start + bounded);
        return true;
    }

    private static int Bounded(ulong length, int maxLength) => length switch
    {
        0 => throw new DataModelException("The CAR has an empty section"),
        _ when length > (ulong)maxLength => throw new DataModelException($"A block of the CAR has more than {maxLength} bytes"),
        _ => (int)length,
    };

    private static Block Verified(ReadOnlyMemory<byte> section)
    {
        if (section.Length < Cid.ByteLength || !Cid.TryFromBytes(section.Span[..Cid.ByteLength], out var cid))
            throw new DataModelException("A block of the CAR is not named by a CID of version 1 with SHA-256 and DAG-CBOR or raw");
        var bytes = section[Cid.ByteLength..];
        return Cid.Of(cid.Codec, bytes.Span) == cid ? new Block(cid, bytes) : throw new DataModelException($"The block {cid} does not have that hash");
    }

    private static DataModelException CutShort() => new("The CAR ends too soon");
}
