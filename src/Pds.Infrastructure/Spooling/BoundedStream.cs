using Pds.Application.Errors;
using Pds.Application.Streams;

namespace Pds.Infrastructure.Spooling;

/// <summary>A stream that may have so many bytes and no more; for reading only.</summary>
internal sealed class BoundedStream(Stream inner, long limit) : ForwardStream
{
    private long _read;

    /// <exception cref="XrpcException">PayloadTooLarge.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await inner.ReadAsync(buffer, cancellationToken));

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)"/>
    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    private int Counted(int read)
    {
        _read += read;
        return _read <= limit ? read : throw XrpcException.PayloadTooLarge();
    }
}
