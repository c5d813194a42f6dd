using System.Globalization;
using System.Text.RegularExpressions;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth;

/// <summary>The parameters of an authorization request (https://atproto.com/specs/oauth#request-fields), each well formed. Whether the client may ask so is <see cref="ClientMetadata"/>'s question.</summary>
/// <param name="RedirectUri">Null where the client leaves that to its metadata.</param>
/// <param name="Scope">The words as they were sent.</param>
/// <param name="KeyThumbprint">The DPoP key that the tokens are to be bound to; null where the proof that came along says it.</param>
/// <param name="MaxAge">How long ago the user may have entered the password; null for any time that this server allows.</param>
public sealed partial record AuthorizationRequest(
    ClientId Client, RedirectUri? RedirectUri, string Scope, string? State, string CodeChallenge, string? KeyThumbprint,
    ResponseMode ResponseMode, Prompt? Prompt, AtIdentifier? LoginHint, TimeSpan? MaxAge, IReadOnlyList<string> Locales)
{
    /// <summary>In UTF-16 code units, of any one parameter.</summary>
    public const int MaxLength = 16 * 1024;

    private const int MaxLocales = 16;

    private static readonly Dictionary<string, Prompt> Prompts = new()
    {
        ["none"] = OAuth.Prompt.None,
        ["login"] = OAuth.Prompt.Login,
        ["consent"] = OAuth.Prompt.Consent,
        ["select_account"] = OAuth.Prompt.SelectAccount,
        ["create"] = OAuth.Prompt.Create,
    };

    private static readonly Dictionary<string, ResponseMode> Modes = new()
    {
        ["query"] = ResponseMode.Query,
        ["fragment"] = ResponseMode.Fragment,
        ["form_post"] = ResponseMode.FormPost,
    };

    // What would change the meaning of a request if it were passed over in silence (RFC 9126 §2.1, RFC 9101, RFC 9396, OpenID Connect Core).
    private static readonly string[] Unsupported = ["request", "request_uri", "authorization_details", "claims", "id_token_hint", "nonce"];

    /// <summary>The values of <c>prompt</c> that are understood.</summary>
    public static IEnumerable<string> PromptNames => Prompts.Keys;

    /// <summary>The values of <c>response_mode</c> that are understood.</summary>
    public static IEnumerable<string> ResponseModeNames => Modes.Keys;

    /// <summary>The scopes of the request that this server knows.</summary>
    public ScopeSet Scopes => ScopeSet.Parse(Scope);

    /// <exception cref="OAuthException">invalid_request, invalid_scope, unsupported_response_type.</exception>
    public static AuthorizationRequest Read(ClientId client, IReadOnlyDictionary<string, string> form)
    {
        if (form.FirstOrDefault(parameter => parameter.Value.Length > MaxLength).Key is { } name) throw OAuthException.InvalidRequest($"The \"{name}\" parameter is too long");
        if (Unsupported.FirstOrDefault(form.ContainsKey) is { } foreign) throw OAuthException.InvalidRequest($"Unsupported \"{foreign}\" parameter");

        RequireCode(Find(form, "response_type"));
        return new AuthorizationRequest(
            client, ReadRedirectUri(Find(form, "redirect_uri")), ReadScope(Find(form, "scope")), Find(form, "state"),
            ReadChallenge(Find(form, "code_challenge"), Find(form, "code_challenge_method")), ReadThumbprint(Find(form, "dpop_jkt")),
            ReadOne("response_mode", Find(form, "response_mode"), Modes) ?? ResponseMode.Query, ReadOne("prompt", Find(form, "prompt"), Prompts),
            ReadLoginHint(Find(form, "login_hint")), ReadMaxAge(Find(form, "max_age")), ReadLocales(Find(form, "ui_locales")));
    }

    /// <summary>The parameters again: <see cref="Read"/> makes an equal request of them.</summary>
    public IReadOnlyDictionary<string, string> Write()
    {
        var form = new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["scope"] = Scope,
            ["code_challenge"] = CodeChallenge,
            ["code_challenge_method"] = Pkce.Method,
            ["response_mode"] = Modes.First(pair => pair.Value == ResponseMode).Key,
        };
        Put("redirect_uri", RedirectUri?.Value);
        Put("state", State);
        Put("dpop_jkt", KeyThumbprint);
        Put("prompt", Prompt is { } prompt ? Prompts.First(pair => pair.Value == prompt).Key : null);
        Put("login_hint", LoginHint?.ToString());
        Put("max_age", MaxAge?.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        Put("ui_locales", Locales.Count > 0 ? string.Join(' ', Locales) : null);
        return form;

        void Put(string parameter, string? value)
        {
            if (value is not null) form[parameter] = value;
        }
    }

    /// <summary>RFC 6749 §3.1: an empty parameter is an absent one.</summary>
    private static string? Find(IReadOnlyDictionary<string, string> form, string name) => form.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static void RequireCode(string? responseType)
    {
        if (responseType is null) throw OAuthException.InvalidRequest("Missing \"response_type\" parameter");
        if (responseType != "code") throw OAuthException.UnsupportedResponseType($"Unsupported response_type \"{responseType}\"");
    }

    private static RedirectUri? ReadRedirectUri(string? text)
    {
        if (text is null) return null;
        return RedirectUri.TryParse(text, out var redirect) ? redirect : throw OAuthException.InvalidRequest("Invalid \"redirect_uri\" parameter");
    }

    private static string ReadScope(string? text)
    {
        if (text is null || !ScopeForm.IsMatch(text)) throw OAuthException.InvalidScope(text is null ? "The \"atproto\" scope is required" : "Invalid OAuth scope");
        string[] words = text.Split(' ');
        if (words.Contains("openid")) throw OAuthException.InvalidScope("OpenID Connect is not compatible with atproto");
        return words.Contains("atproto") ? text : throw OAuthException.InvalidScope("The \"atproto\" scope is required");
    }

    private static string ReadChallenge(string? challenge, string? method)
    {
        if (challenge is null) throw OAuthException.InvalidRequest("Use of PKCE is required");
        if (method != Pkce.Method) throw OAuthException.InvalidRequest("atproto requires use of \"S256\" code_challenge_method");
        return Pkce.IsChallenge(challenge) ? challenge : throw OAuthException.InvalidRequest("Invalid \"code_challenge\": not a SHA-256 in base64url");
    }

    private static string? ReadThumbprint(string? text) =>
        text is null || Thumbprint.IsMatch(text) ? text : throw OAuthException.InvalidRequest("Invalid \"dpop_jkt\" parameter");

    private static T? ReadOne<T>(string name, string? text, Dictionary<string, T> values) where T : struct
    {
        if (text is null) return null;
        return values.TryGetValue(text, out var value) ? value : throw OAuthException.InvalidRequest($"Invalid \"{name}\" parameter");
    }

    /// <summary>In any case, as people type.</summary>
    private static AtIdentifier? ReadLoginHint(string? text)
    {
        if (text is null) return null;
        return AtIdentifier.TryParse(text.ToLowerInvariant(), out var hint) ? hint : throw OAuthException.InvalidRequest($"Invalid login_hint \"{text}\"");
    }

    private static TimeSpan? ReadMaxAge(string? text)
    {
        if (text is null) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : throw OAuthException.InvalidRequest("Invalid \"max_age\" parameter");
    }

    /// <summary>A wish, so what is no language tag is passed over.</summary>
    private static string[] ReadLocales(string? text) =>
        text is null ? [] : [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(tag => LanguageTag.TryParse(tag, out _)).Take(MaxLocales)];

    // RFC 6749 §3.3.
    [GeneratedRegex(@"^[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+)*\z")]
    private static partial Regex ScopeForm { get; }

    // RFC 7638, by SHA-256.
    [GeneratedRegex(@"^[A-Za-z0-9_-]{43}\z")]
    private static partial Regex Thumbprint { get; }
}
