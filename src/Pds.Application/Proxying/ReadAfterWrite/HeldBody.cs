using Pds.Application.Streams;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>A body of which the beginning has been read already. Read forwards, once, asynchronously.</summary>
/// <param name="start">What has been read.</param>
/// <param name="rest">Where what follows comes from, if anything does.</param>
/// <param name="release">Gives the memory of the beginning back.</param>
internal sealed class HeldBody(ReadOnlyMemory<byte> start, Stream rest, Action release) : ForwardStream
{
    private ReadOnlyMemory<byte> _start = start;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start.Length == 0) return await rest.ReadAsync(buffer, cancellationToken);

        var count = Math.Min(buffer.Length, _start.Length);
        _start[..count].CopyTo(buffer);
        _start = _start[count..];
        return count;
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
