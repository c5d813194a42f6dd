using Pds.Application.Errors;

namespace Pds.Application.Ports;

/// <summary>What another service answers: the head is here, the body still on its way.</summary>
/// <param name="Status">The HTTP status: from 200 to 599.</param>
/// <param name="Headers">By their names, in any case.</param>
/// <param name="Body">Within the bounds of size and time. Reading it fails with <see cref="XrpcException"/>: UpstreamFailure, UpstreamTimeout.</param>
public sealed record UpstreamAnswer(int Status, IReadOnlyDictionary<string, string> Headers, Stream Body) : IAsyncDisposable
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Ends the call; what has not been read of it does not come any more.</summary>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
