using System.Security.Cryptography;
using System.Text;
using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class LandingPageTests(LandingPageTests.WithBadName pds) : IClassFixture<LandingPageTests.WithBadName>
{
    [Fact]
    public async Task Escapes_what_the_operator_called_it()
    {
        var page = (await GetAsync()).Text;

        Assert.Contains("<title>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"onclick=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_nothing_frames_nowhere_and_loads_nothing()
    {
        var answer = await GetAsync();

        Assert.Equal("text/html; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
        Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
        var policy = answer.Headers["Content-Security-Policy"];
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_lets_its_own_style_through()
    {
        var answer = await GetAsync();

        var style = answer.Text.Split("<style>")[1].Split("</style>")[0];
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_where_it_is_and_what_names_it_gives()
    {
        var page = (await GetAsync()).Text;

        Assert.Contains($"<code>{pds.Url}</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>you.test</code>", page, StringComparison.Ordinal);
    }

    private Task<XrpcAnswer> GetAsync() => pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/"));

    public sealed class WithBadName : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Service:Name"] = "<script>alert(\"1\")</script> & co",
            ["Pds:Service:ContactEmail"] = "operator@example.com\"onclick=\"alert(1)",
        };
    }
}
