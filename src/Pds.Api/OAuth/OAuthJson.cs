using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Api.Xrpc.Converters;

namespace Pds.Api.OAuth;

/// <summary>How OAuth's answers are written: in snake case, absent instead of null.</summary>
internal static class OAuthJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // JSON for programs, never pasted into HTML
        Converters = { new SyntaxConverterFactory() },
    };

    public static async Task WriteAsync<T>(HttpContext http, int status, T answer)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, Options);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }
}
