using System.Buffers;

namespace Pds.Domain.Sync;

/// <summary>Rented room to write a frame into, so that the only array made for good is the frame itself.</summary>
/// <param name="capacity">A guess; more is rented when it falls short.</param>
internal sealed class FrameBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_length);
    }

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= count) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + count));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
