using System.Text.Json;
using Pds.Domain.Crypto;

namespace Pds.Domain.OAuth;

/// <summary>Reads client metadata documents, and holds them against the rules one by one: those of the profile (https://atproto.com/specs/oauth#clients), of RFC 7591 §2, and of RFC 8252 for redirects.</summary>
public static class ClientDocument
{
    private const int MaxRedirectUris = 200;
    private const int MaxKeys = 50;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    private static readonly string[] OpenIdOnly = ["default_max_age", "userinfo_signed_response_alg", "id_token_signed_response_alg", "userinfo_encrypted_response_alg"];

    /// <param name="client">Whose document it is.</param>
    /// <param name="utf8">What was fetched.</param>
    /// <param name="allowsReserved">Whether names that nobody can own (<c>.test</c>, <c>.localhost</c> …) are taken: in a sandbox.</param>
    /// <exception cref="OAuthException">invalid_client_metadata, invalid_redirect_uri: the first rule that is broken.</exception>
    public static ClientMetadata Read(ClientId client, ReadOnlyMemory<byte> utf8, bool allowsReserved)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return Read(client, new ClientFields(document.RootElement), allowsReserved);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw OAuthException.InvalidClientMetadata($"Unable to obtain client metadata for \"{client}\": not a JSON object", broken);
        }
    }

    /// <summary>Reads a set of public keys (RFC 7517 §5). Keys of other kinds may be among them.</summary>
    /// <exception cref="OAuthException">invalid_client_metadata.</exception>
    public static IReadOnlyList<Jwk> ReadKeys(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return ReadKeys(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw OAuthException.InvalidClientMetadata("Unable to obtain jwks: not a JSON object", broken);
        }
    }

    private static ClientMetadata Read(ClientId client, ClientFields fields, bool allowsReserved)
    {
        if (fields.Text("client_id") != client.Value) throw Broken("client_id does not match");
        if (fields.Has("jwks") && fields.Has("jwks_uri")) throw Broken("jwks_uri and jwks are mutually exclusive");
        if (OpenIdOnly.FirstOrDefault(fields.Has) is { } foreign) throw Broken($"Unsupported \"{foreign}\" parameter");
        if (fields.Text("subject_type") is not (null or "public")) throw Broken("Only \"public\" subject_type is supported");
        if (fields.Has("authorization_encrypted_response_enc")) throw Broken("Encrypted authorization response is not supported");
        if (fields.Flag("tls_client_certificate_bound_access_tokens") == true) throw Broken("Mutual-TLS bound access tokens are not supported");
        if (fields.Flag("dpop_bound_access_tokens") != true) throw Broken("\"dpop_bound_access_tokens\" must be true");
        if (fields.Has("authorization_details_types")) throw Broken("authorization_details_types are not supported");

        var canRefresh = ReadGrantTypes(fields);
        var isNative = fields.Text("application_type") switch
        {
            null or "web" => false,
            "native" => true,
            _ => throw Broken("application_type must be \"web\" or \"native\""),
        };
        var (algorithm, keys, keysUri) = ReadAuthentication(fields, isNative);
        return new ClientMetadata(
            client, ReadRedirectUris(client, fields, isNative, allowsReserved), ReadScopes(fields), canRefresh, algorithm, keys, keysUri,
            fields.Text("client_name"), ReadHome(client, fields), fields.Link("logo_uri"), fields.Link("tos_uri"), fields.Link("policy_uri"));
    }

    private static HashSet<string> ReadScopes(ClientFields fields)
    {
        if (fields.Text("scope") is not { Length: > 0 } scope) throw Broken("Missing scope property");
        string[] words = scope.Split(' ');
        if (!words.Contains("atproto")) throw Broken("Missing \"atproto\" scope");
        var set = words.ToHashSet();
        return set.Count == words.Length ? set : throw Broken($"Duplicate scope \"{words.GroupBy(word => word).First(group => group.Count() > 1).Key}\"");
    }

    /// <returns>Whether refresh tokens are among them.</returns>
    private static bool ReadGrantTypes(ClientFields fields)
    {
        var types = fields.Texts("grant_types") ?? ["authorization_code"];
        if (types.FirstOrDefault(type => type is not ("authorization_code" or "refresh_token")) is { } foreign) throw Broken($"Grant type \"{foreign}\" is not supported");
        if (types.Distinct().Count() < types.Count) throw Broken("Duplicate grant type");
        if (!(fields.Texts("response_types") ?? ["code"]).Contains("code")) throw Broken("response_types must include \"code\"");
        return types.Contains("authorization_code") ? types.Contains("refresh_token")
            : throw Broken("The \"code\" response type requires that \"grant_types\" contains \"authorization_code\"");
    }

    private static (string? Algorithm, IReadOnlyList<Jwk>? Keys, Uri? KeysUri) ReadAuthentication(ClientFields fields, bool isNative)
    {
        var (method, algorithm) = (fields.Text("token_endpoint_auth_method"), fields.Text("token_endpoint_auth_signing_alg"));
        if (method == "none")
            return algorithm is null ? (null, null, null) : throw Broken("token_endpoint_auth_method \"none\" must not have token_endpoint_auth_signing_alg");
        if (method != "private_key_jwt")
            throw Broken($"Unsupported client authentication method \"{method ?? "client_secret_basic"}\". Make sure \"token_endpoint_auth_method\" is set to one of: \"none\", \"private_key_jwt\"");

        if (isNative) throw Broken("Native clients must authenticate using \"none\" method"); // RFC 8252 §8.4
        if (algorithm is null) throw Broken("Missing token_endpoint_auth_signing_alg client metadata");
        if (!Jwk.Algorithms.Contains(algorithm)) throw Broken($"Unsupported token_endpoint_auth_signing_alg \"{algorithm}\"");
        if (fields.Has("jwks_uri"))
            return fields.Link("jwks_uri") is { } uri ? (algorithm, null, uri) : throw Broken("jwks_uri must be an https URL");

        var keys = fields.Get("jwks") is { } jwks ? ReadKeys(jwks) : throw Broken("private_key_jwt auth method requires jwks or jwks_uri");
        return keys.Count > 0 ? (algorithm, keys, null) : throw Broken("private_key_jwt auth method requires at least one key in jwks");
    }

    private static List<Jwk> ReadKeys(JsonElement jwks)
    {
        if (jwks.ValueKind != JsonValueKind.Object || !jwks.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxKeys)
            throw Broken("jwks must be an object with a list of keys");

        var keys = new List<Jwk>();
        foreach (var item in list.EnumerateArray())
            if (Jwk.TryParse(item, out var key)) keys.Add(key);
        return keys;
    }

    private static List<RedirectUri> ReadRedirectUris(ClientId client, ClientFields fields, bool isNative, bool allowsReserved)
    {
        var texts = fields.Texts("redirect_uris") ?? [];
        if (texts.Count is 0 or > MaxRedirectUris) throw Broken("At least one redirect_uri is required");
        return [.. texts.Select(text => ReadRedirectUri(client, text, isNative, allowsReserved))];
    }

    private static RedirectUri ReadRedirectUri(ClientId client, string text, bool isNative, bool allowsReserved)
    {
        if (!RedirectUri.TryParse(text, out var redirect)) throw OAuthException.InvalidRedirectUri($"Invalid redirect URI {text}");
        if (redirect.IsHttps)
        {
            var isReserved = ReservedDomains.Contain(redirect.Host) && !allowsReserved;
            return isReserved ? throw OAuthException.InvalidRedirectUri($"Redirect URI \"{text}\"'s domain name must not be a local hostname") : redirect;
        }

        if (!isNative)
            throw OAuthException.InvalidRedirectUri($"{(redirect.IsLoopback ? "Loopback redirect URIs" : "Private-Use URI Scheme redirect URI")} are only allowed for native apps");
        var reversed = string.Join('.', client.Host.Split('.').Reverse());
        if (redirect.IsPrivateUse && redirect.Scheme != reversed)
            throw OAuthException.InvalidRedirectUri($"Private-Use URI Scheme redirect URI must be the fully qualified domain name (FQDN) of the client_id, in reverse order ({reversed}:)");
        return redirect;
    }

    /// <summary>Above the document, on the same host, so that nobody calls another's page his own.</summary>
    private static Uri? ReadHome(ClientId client, ClientFields fields)
    {
        if (fields.Link("client_uri") is not { } home) return null;
        if (home.GetLeftPart(UriPartial.Authority) != client.Address.GetLeftPart(UriPartial.Authority)) throw Broken("client_uri must have the same origin as the client_id");
        var (own, above) = (client.Address.AbsolutePath, home.AbsolutePath);
        return own == above || own.StartsWith(above.EndsWith('/') ? above : $"{above}/", StringComparison.Ordinal) ? home
            : throw Broken("client_uri must be a parent URL of the client_id");
    }

    private static OAuthException Broken(string rule) => OAuthException.InvalidClientMetadata(rule);
}
