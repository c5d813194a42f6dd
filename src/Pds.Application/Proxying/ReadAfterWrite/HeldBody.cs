namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>A body of which the beginning has been read already. Read forwards, once, asynchronously.</summary>
/// <param name="start">What has been read.</param>
/// <param name="rest">Where what follows comes from, if anything does.</param>
/// <param name="release">Gives the memory of the beginning back.</param>
internal sealed class HeldBody(ReadOnlyMemory<byte> start, Stream rest, Action release) : Stream
{
    private ReadOnlyMemory<byte> _start = start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start.Length == 0) return await rest.ReadAsync(buffer, cancellationToken);

        var count = Math.Min(buffer.Length, _start.Length);
        _start[..count].CopyTo(buffer);
        _start = _start[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
            release();
        }

        base.Dispose(disposing);
    }
}
