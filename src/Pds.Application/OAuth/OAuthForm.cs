using Pds.Domain.OAuth;

namespace Pds.Application.OAuth;

/// <summary>The body of a request to the authorization server: parameters by their names, each once (RFC 6749 §3.2). They may hold secrets, so it prints none.</summary>
public sealed class OAuthForm(IReadOnlyDictionary<string, string> parameters)
{
    public IReadOnlyDictionary<string, string> Parameters => parameters;

    /// <summary>A parameter; null where it is absent or empty, which is the same.</summary>
    public string? Find(string name) => parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <exception cref="OAuthException">invalid_request: it is missing.</exception>
    public string Require(string name) => Find(name) ?? throw OAuthException.InvalidRequest($"Missing \"{name}\" parameter");

    /// <exception cref="OAuthException">invalid_client: it is missing. invalid_client_metadata: it is no client's name.</exception>
    public ClientId RequireClient()
    {
        var text = Find("client_id") ?? throw OAuthException.InvalidClient("Client credentials missing");
        return ClientId.TryParse(text, out var client) ? client : throw OAuthException.InvalidClientMetadata($"Invalid client ID \"{text}\"");
    }
}
