namespace Pds.Application.Ports;

/// <summary>What is sent to another service.</summary>
/// <param name="Service">Where it is: scheme, host and port.</param>
/// <param name="IsTrusted">Whether the operator named the address; any other must be public and https.</param>
/// <param name="Verb">GET, HEAD or POST.</param>
/// <param name="PathAndQuery">To the byte as it is sent.</param>
/// <param name="Headers">Names in lower case.</param>
/// <param name="Body">Read once, as it is sent; null for none.</param>
public sealed record UpstreamCall(Uri Service, bool IsTrusted, string Verb, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, Stream? Body = null);
