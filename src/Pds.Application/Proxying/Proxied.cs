using Pds.Application.Ports;

namespace Pds.Application.Proxying;

/// <summary>The answer of a method that is another service's to answer where this server cannot.</summary>
/// <param name="Own">This server's; null where the other answers.</param>
/// <param name="Theirs">The other's; null where this one answers.</param>
public sealed record Proxied<TOutput>(TOutput? Own, UpstreamAnswer? Theirs = null) where TOutput : class;
