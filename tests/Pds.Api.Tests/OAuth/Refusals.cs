using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

internal static class Refusals
{
    /// <summary>What a refusal says in words.</summary>
    public static string? Description(this XrpcAnswer answer) => answer.Json.TryGetProperty("error_description", out var text) ? text.GetString() : null;

    /// <summary>Fails the test where the answer is not this refusal, with the headers that each answer of the authorization server has.</summary>
    public static void RefusedByOAuth(this XrpcAnswer answer, int status, string error)
    {
        answer.Refused(status, error);
        Assert.False(string.IsNullOrEmpty(answer.Description()));
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.NotEmpty(answer.Headers["DPoP-Nonce"]);
        Assert.Contains("DPoP-Nonce", answer.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        Assert.Equal(status == 401, answer.Headers.ContainsKey("WWW-Authenticate"));
    }
}
