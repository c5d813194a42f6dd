namespace Pds.Domain.OAuth;

/// <summary>A client that is being written: <c>http://localhost</c>, with what it needs in its query (https://atproto.com/specs/oauth#localhost-client-development).</summary>
public static class LoopbackClient
{
    private static readonly RedirectUri[] DefaultRedirectUris = [RedirectUri.Parse("http://127.0.0.1/"), RedirectUri.Parse("http://[::1]/")];

    /// <exception cref="OAuthException">invalid_client_metadata: the query says something else, or something twice.</exception>
    public static ClientMetadata Read(ClientId client)
    {
        string? scope = null;
        var redirectUris = new List<RedirectUri>();
        foreach (var pair in client.Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Decode(pair);
            if (name == "redirect_uri") redirectUris.Add(RedirectUri.TryParse(value, out var redirect) && redirect.IsLoopback ? redirect : throw Refused(client, "Invalid \"redirect_uri\" query parameter"));
            else if (name != "scope") throw Refused(client, $"Unexpected query parameter \"{name}\"");
            else scope = scope is null ? value : throw Refused(client, "Duplicate \"scope\" query parameter");
        }

        string[] words = (scope ?? "atproto").Split(' ');
        if (!words.Contains("atproto")) throw Refused(client, "ATProto Loopback ClientID must include \"atproto\" scope");
        return new ClientMetadata(client, redirectUris.Count > 0 ? redirectUris : DefaultRedirectUris, words.ToHashSet(), CanRefresh: true, Name: "Development client");
    }

    private static (string Name, string Value) Decode(string pair)
    {
        var parts = pair.Replace('+', ' ').Split('=', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static OAuthException Refused(ClientId client, string fault) => OAuthException.InvalidClientMetadata($"Invalid loopback client id \"{client}\": {fault}");
}
