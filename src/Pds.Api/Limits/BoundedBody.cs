using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Pds.Application.Streams;

namespace Pds.Api.Limits;

/// <summary>A request's body, which may have so many bytes and no more. The bound may change until reading begins.</summary>
/// <param name="inner">The body as it arrives.</param>
/// <param name="length">What the request says that it has, in bytes; null where it does not say.</param>
/// <param name="most">The bound, in bytes.</param>
internal sealed class BoundedBody(Stream inner, long? length, long? most) : ForwardStream, IHttpMaxRequestBodySizeFeature
{
    private long _read;

    /// <summary>Whether somebody has begun to read it.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>Whether there is nothing left of it.</summary>
    public bool IsAtEnd { get; private set; }

    public long? MaxRequestBodySize { get; set; } = most;

    /// <exception cref="BadHttpRequestException">413: it has more, or says so.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (length > MaxRequestBodySize) throw TooLarge();
        IsReadOnly = true;
        var read = await inner.ReadAsync(buffer, cancellationToken);
        IsAtEnd |= read == 0 && !buffer.IsEmpty;
        _read += read;
        return _read > MaxRequestBodySize ? throw TooLarge() : read;
    }

    private BadHttpRequestException TooLarge() =>
        new(string.Create(CultureInfo.InvariantCulture, $"Request body too large. The max request body size is {MaxRequestBodySize} bytes."), StatusCodes.Status413PayloadTooLarge);
}
