using Microsoft.Extensions.Primitives;
using Pds.Domain.Crypto;
using Pds.Domain.OAuth;

namespace Pds.Api.OAuth;

/// <summary>What answers say about DPoP (RFC 9449 §7.1, §8.2). Pages in browsers may read it.</summary>
internal static class DpopHeaders
{
    private const string Nonce = "DPoP-Nonce";

    private static readonly string Algorithms = string.Join(' ', Jwk.Algorithms);

    /// <summary>The nonce to use next.</summary>
    public static void TellNonce(HttpResponse response, string nonce)
    {
        response.Headers[Nonce] = nonce;
        Expose(response, Nonce);
    }

    /// <summary>What is wrong with the credentials.</summary>
    public static void Challenge(HttpResponse response, OAuthException refusal)
    {
        var description = refusal.Message.AsSpan().ContainsAny('"', '\\') || refusal.Message.Any(char.IsControl) ? "" : $", error_description=\"{refusal.Message}\"";
        response.Headers.WWWAuthenticate = $"DPoP algs=\"{Algorithms}\", error=\"{refusal.Error}\"{description}";
        Expose(response, "WWW-Authenticate");
    }

    private static void Expose(HttpResponse response, string header) =>
        response.Headers.AccessControlExposeHeaders = StringValues.Concat(response.Headers.AccessControlExposeHeaders, header);
}
