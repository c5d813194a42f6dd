using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>A server with a public name, behind a proxy that speaks TLS for it.</summary>
public sealed class PublicHostTests(PublicHostTests.PublicPds pds) : IClassFixture<PublicHostTests.PublicPds>
{
    [Fact]
    public async Task Cookies_are_bound_to_the_host_and_to_TLS()
    {
        var answer = await GetAsync("/sign-in", PublicPds.Hostname);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("__Host-csrf=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Browsers_are_told_to_come_by_TLS_alone_from_now_on()
    {
        Assert.Equal("max-age=31536000", (await GetAsync("/sign-in", PublicPds.Hostname)).Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Equal("max-age=31536000", (await GetAsync("/account/nobody", PublicPds.Hostname)).Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task A_handles_own_host_leads_to_the_servers()
    {
        var answer = await GetAsync("/sign-in?identifier=alice", $"alice.{PublicPds.Hostname}");

        Assert.Equal((302, $"https://{PublicPds.Hostname}/sign-in?identifier=alice"), ((int)answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Pictures_come_from_where_the_operator_has_them_and_nowhere_else()
    {
        var answer = await GetAsync("/sign-in", PublicPds.Hostname);

        Assert.Contains("img-src 'self' https://img.example.com https://bg.example.com;", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<img src=\"https://img.example.com/logo.png\"", html, StringComparison.Ordinal);
        Assert.Contains("Example Hosting", html, StringComparison.Ordinal);
        Assert.Contains("https://example.com/privacy", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_style_sheet_has_the_operators_colours_and_is_kept_for_good()
    {
        var html = await (await GetAsync("/sign-in", PublicPds.Hostname)).Content.ReadAsStringAsync();
        var url = html.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];

        var sheet = await GetAsync(url, PublicPds.Hostname);

        Assert.Equal("text/css", sheet.Content.Headers.ContentType?.MediaType);
        Assert.True(sheet.Headers.CacheControl is { MaxAge.TotalDays: 365 });
        Assert.Contains("--accent: #7a1fa2;", await sheet.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await GetAsync(url.Replace("/assets/", "/assets/0", StringComparison.Ordinal), PublicPds.Hostname)).StatusCode);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string host)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var request = new HttpRequestMessage(HttpMethod.Get, pds.Listening + path) { Headers = { Host = host } };
        return await http.SendAsync(request);
    }

    public sealed class PublicPds : PdsFixture
    {
        public const string Hostname = "pds.example.com";

        /// <summary>Where the proxy would reach it.</summary>
        public string Listening => Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Service:Hostname"] = Hostname,
            ["Pds:Service:BindAddress"] = "127.0.0.1",
            ["Pds:Service:Name"] = "Example Hosting",
            ["Pds:Service:LogoUrl"] = "https://img.example.com/logo.png",
            ["Pds:Service:PrivacyPolicyUrl"] = "https://example.com/privacy",
            ["Pds:Branding:PrimaryColor"] = "#7a1fa2",
            ["Pds:Branding:BackgroundLightUrl"] = "https://bg.example.com/light.jpg",
            ["Pds:Branding:BackgroundDarkUrl"] = "https://bg.example.com/dark.jpg",
            ["Pds:Secrets:JwtSecret"] = new string('j', 32),
            ["Pds:Secrets:PlcRotationKey"] = new string('1', 64),
        };
    }
}
