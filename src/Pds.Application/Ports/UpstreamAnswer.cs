using Pds.Application.Errors;

namespace Pds.Application.Ports;

/// <summary>What another service answers: the head is here, the body still on its way.</summary>
/// <param name="Status">The HTTP status: from 200 to 599.</param>
/// <param name="Headers">By their names, in any case.</param>
/// <param name="Body">Within the bounds of size and time. Reading it fails with <see cref="XrpcException"/>: UpstreamFailure, UpstreamTimeout.</param>
public sealed record UpstreamAnswer(int Status, IReadOnlyDictionary<string, string> Headers, Stream Body) : IAsyncDisposable
{
    /// <summary>The header by which a service says how far it has seen the caller's repo: a rev.</summary>
    public const string RepoRev = "atproto-repo-rev";

    /// <summary>How old the oldest is of what this server has put into the answer, because the service has not seen it yet; null where it has put nothing in.</summary>
    public TimeSpan? Lag { get; init; }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Ends the call; what has not been read of it does not come any more.</summary>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
