namespace Pds.Domain.OAuth;

/// <summary>A request as a DPoP proof must describe it.</summary>
/// <param name="Method">The HTTP method; case matters.</param>
/// <param name="Url">Where this server says it is, and the path; never what a Host header says.</param>
/// <param name="Proofs">The <c>DPoP</c> headers, of which there may be one.</param>
/// <param name="AccessToken">The access token that comes with it, or null.</param>
public sealed record DpopRequest(string Method, Uri Url, IReadOnlyList<string> Proofs, string? AccessToken = null);
