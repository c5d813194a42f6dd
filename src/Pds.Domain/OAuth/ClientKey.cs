namespace Pds.Domain.OAuth;

/// <summary>The key by which a confidential client proved who it is. A session goes on with the key that it began with, and ends with it (https://atproto.com/specs/oauth#confidential-client-authentication).</summary>
/// <param name="Id">Its <c>kid</c> among the client's keys.</param>
/// <param name="Algorithm">What it signed by.</param>
/// <param name="Thumbprint">See <see cref="Crypto.Jwk.Thumbprint"/>: another key under the same name is another key.</param>
public sealed record ClientKey(string Id, string Algorithm, string Thumbprint);
