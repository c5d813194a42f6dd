using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Pds.Api.Xrpc;
using Pds.Application.Errors;
using Pds.Application.OAuth;
using Pds.Domain.OAuth;

namespace Pds.Api.OAuth;

/// <summary>Reads the bodies that clients send to the authorization server: forms as OAuth has them, and JSON, which some clients send.</summary>
internal static class OAuthBody
{
    /// <summary>In bytes: room for a client assertion and many scopes.</summary>
    public const int Limit = 64 * 1024;

    private const int MaxParameters = 64;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 4 };

    /// <exception cref="OAuthException">invalid_request: not one text for each name.</exception>
    /// <exception cref="XrpcException">UnsupportedMediaType, PayloadTooLarge.</exception>
    public static Task<OAuthForm> ReadAsync(HttpContext http) => (http.Request.ContentType ?? "").Split(';', 2)[0].Trim().ToLowerInvariant() switch
    {
        "application/x-www-form-urlencoded" => XrpcBody.ReadAsync(http, Limit, ReadForm),
        "application/json" => XrpcBody.ReadAsync(http, Limit, ReadJson),
        var other => throw XrpcException.UnsupportedMediaType($"Unsupported content-type: {other}"),
    };

    private static OAuthForm ReadForm(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var form = new FormReader(Encoding.UTF8.GetString(utf8)) { ValueCountLimit = MaxParameters }.ReadForm();
            return form.FirstOrDefault(parameter => parameter.Value.Count > 1).Key is { } twice
                ? throw OAuthException.InvalidRequest($"The \"{twice}\" parameter is there more than once")
                : new OAuthForm(form.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString()));
        }
        catch (InvalidDataException tooMuch)
        {
            throw OAuthException.InvalidRequest("Invalid URL-encoded data", tooMuch);
        }
    }

    private static OAuthForm ReadJson(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, Strict);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object || reader.Read()) throw OAuthException.InvalidRequest("The body must be a JSON object");
            return new OAuthForm(document.RootElement.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null).ToDictionary(property => property.Name, TextOf));
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            throw OAuthException.InvalidRequest("Invalid JSON", broken);
        }
    }

    private static string TextOf(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString()!,
        JsonValueKind.Number => property.Value.GetRawText(),
        _ => throw OAuthException.InvalidRequest($"The \"{property.Name}\" parameter must be text"),
    };
}
