using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Pds.TestKit;

/// <summary>What came back.</summary>
public sealed record XrpcAnswer(HttpStatusCode Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The error's name, or null for an answer that is none.</summary>
    public string? Error => Field("error");

    public string? Message => Field("message");

    /// <summary>The answer's JSON; fails the test where it is not a 200.</summary>
    public JsonElement Ok()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{(int)Status} {Text}");
        return Body.Length == 0 ? default : Json;
    }

    /// <summary>Fails the test where the answer is not this very text.</summary>
    public void IsFile(string text) => Assert.Equal($"200 {text}", $"{(int)Status} {Text}");

    /// <summary>Fails the test where the answer is not a CAR.</summary>
    public void OkCar()
    {
        Assert.True(Status == HttpStatusCode.OK, $"{(int)Status} {Text}");
        Assert.Equal("application/vnd.ipld.car", Headers["Content-Type"]);
    }

    /// <summary>Fails the test where the answer is not this refusal.</summary>
    public XrpcAnswer Refused(int status, string error)
    {
        Assert.Equal($"{status} {error}", $"{(int)Status} {Error ?? Text}");
        return this;
    }

    private string? Field(string name)
    {
        try
        {
            return Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var field) ? field.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
