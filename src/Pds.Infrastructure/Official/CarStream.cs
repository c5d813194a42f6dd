using System.Buffers;
using Pds.Domain.Data;
using Pds.Domain.Repo.Car;

namespace Pds.Infrastructure.Official;

/// <summary>A CAR that is written as it is read: never more than a block of it in memory.</summary>
internal sealed class CarStream : Stream
{
    private readonly IEnumerator<Block> _blocks;
    private readonly ArrayBufferWriter<byte> _written = new();
    private int _position;

    public CarStream(Cid root, IEnumerable<Block> blocks)
    {
        _blocks = blocks.GetEnumerator();
        CarWriter.WriteHeader(_written, root);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (_position == _written.WrittenCount && !Refill()) return 0;
        var length = Math.Min(buffer.Length, _written.WrittenCount - _position);
        _written.WrittenSpan.Slice(_position, length).CopyTo(buffer);
        _position += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _blocks.Dispose();
        base.Dispose(disposing);
    }

    private bool Refill()
    {
        if (!_blocks.MoveNext()) return false;
        _written.ResetWrittenCount();
        _position = 0;
        CarWriter.WriteBlock(_written, _blocks.Current.Cid, _blocks.Current.Bytes.Span);
        return true;
    }
}
