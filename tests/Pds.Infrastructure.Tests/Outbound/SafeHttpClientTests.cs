using System.Diagnostics;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Pds.Application.Options;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Tests.Outbound;

public sealed class SafeHttpClientTests : IAsyncLifetime
{
    private static readonly OutboundLimits Limits = new(TimeSpan.FromSeconds(20), MaxBytes: 1000, MaxRedirects: 2);

    private readonly SafeHttpClient _sandbox = Client(allowsPrivate: true);
    private readonly SafeHttpClient _public = Client(allowsPrivate: false);
    private LocalWeb? _web;

    public async Task InitializeAsync() => _web = await LocalWeb.StartAsync(AnswerAsync);

    public async Task DisposeAsync()
    {
        await _web!.DisposeAsync();
        _sandbox.Dispose();
        _public.Dispose();
    }

    [Fact]
    public async Task Reads_an_answer_whole()
    {
        var response = await GetAsync("/bytes?1000");

        Assert.True(response.IsSuccess);
        Assert.Equal("text/plain", response.MediaType);
        Assert.Equal(1000, response.Body.Length);
    }

    [Fact]
    public Task Refuses_one_byte_too_many() => RefusesAsync("/bytes?1001", "more than 1000 bytes");

    [Fact]
    public async Task Reads_no_more_than_the_operator_allows()
    {
        var refusal = await Assert.ThrowsAsync<OutboundException>(() => _sandbox.GetAsync(
            new Uri(_web!.Url, "/bytes?2000000"), new OutboundLimits(TimeSpan.FromSeconds(20)), "*/*", CancellationToken.None));

        Assert.Contains("more than 1048576 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Refuses_an_answer_without_an_end() => RefusesAsync("/endless", "more than 1000 bytes");

    [Fact]
    public Task Refuses_what_is_packed() => RefusesAsync("/packed", "encoding");

    [Fact]
    public async Task Waits_no_longer_than_it_may()
    {
        var watch = Stopwatch.StartNew();

        var refusal = await Assert.ThrowsAsync<OutboundException>(() => _sandbox.GetAsync(
            new Uri(_web!.Url, "/slow"), Limits with { Timeout = TimeSpan.FromMilliseconds(300) }, "*/*", CancellationToken.None));

        Assert.Contains("in time", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Tells_a_caller_that_gave_up_from_a_host_that_is_slow()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sandbox.GetAsync(new Uri(_web!.Url, "/slow"), Limits, "*/*", giveUp.Token));
    }

    [Fact]
    public async Task Follows_a_few_redirects()
    {
        var response = await GetAsync("/hop?2");

        Assert.Equal(5, response.Body.Length);
    }

    [Fact]
    public Task Follows_no_more_redirects_than_it_may() => RefusesAsync("/hop?3", "redirects");

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/"), InlineData("http://[fe80::1]/"), InlineData("http://0/"), InlineData("http://0xa9fea9fe/")]
    public Task Refuses_a_redirect_to_an_address_that_is_closed(string target) => RefusesAsync($"/to?{target}", "no public address");

    [Theory]
    [InlineData("ftp://example.com/"), InlineData("file:///etc/passwd")]
    public Task Refuses_a_redirect_to_another_scheme(string target) => RefusesAsync($"/to?{target}", "Only https");

    [Fact]
    public Task Refuses_a_redirect_with_credentials() => RefusesAsync("/to?https://user@example.com/", "credentials");

    [Fact]
    public async Task Keeps_no_cookies()
    {
        await GetAsync("/cookie");

        var response = await GetAsync("/cookie");

        Assert.Equal("none", System.Text.Encoding.UTF8.GetString(response.Body));
    }

    [Fact]
    public async Task Asks_by_https_only_outside_the_sandbox()
    {
        var refusal = await Assert.ThrowsAsync<OutboundException>(() => _public.GetAsync(_web!.Url, Limits, "*/*", CancellationToken.None));

        Assert.Contains("Only https", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1"), InlineData("https://localhost"), InlineData("https://[::1]"), InlineData("https://[::ffff:7f00:1]"), InlineData("https://2130706433")]
    public async Task Does_not_reach_this_machine_outside_the_sandbox(string host)
    {
        var url = new Uri($"{host}:{_web!.Url.Port}/bytes?1");

        var refusal = await Assert.ThrowsAsync<OutboundException>(() => _public.GetAsync(url, Limits, "*/*", CancellationToken.None));

        Assert.Contains("no public address", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_host_cannot_be_reached()
    {
        await Assert.ThrowsAsync<OutboundException>(() => _sandbox.GetAsync(new Uri("http://localhost:1/"), Limits, "*/*", CancellationToken.None));
    }

    private static SafeHttpClient Client(bool allowsPrivate)
    {
        var options = new OutboundOptions { AllowPrivateAddresses = allowsPrivate, MaxResponseSize = 1024 * 1024 };
        return new SafeHttpClient(options, new GuardedConnection(options), TimeProvider.System);
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        var argument = http.Request.QueryString.Value!.TrimStart('?');
        http.Response.ContentType = "text/plain";
        switch (http.Request.Path.Value)
        {
            case "/bytes":
                await http.Response.WriteAsync(new string('x', int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture)));
                break;
            case "/endless":
                while (!http.RequestAborted.IsCancellationRequested) await http.Response.WriteAsync(new string('x', 400), http.RequestAborted);
                break;
            case "/packed":
                http.Response.Headers.ContentEncoding = "gzip";
                await using (var gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest)) await gzip.WriteAsync(new byte[100_000]);
                break;
            case "/slow":
                await http.Response.WriteAsync("x");
                await Task.Delay(TimeSpan.FromMinutes(1), http.RequestAborted);
                break;
            case "/hop":
                http.Response.Redirect(argument == "1" ? "/bytes?5" : $"/hop?{int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture) - 1}");
                break;
            case "/to":
                http.Response.Redirect(argument);
                break;
            case "/cookie":
                http.Response.Headers.SetCookie = "a=b";
                await http.Response.WriteAsync(http.Request.Headers.Cookie.Count == 0 ? "none" : "some");
                break;
        }
    }

    private Task<OutboundResponse> GetAsync(string path) => _sandbox.GetAsync(new Uri(_web!.Url, path), Limits, "*/*", CancellationToken.None);

    private async Task RefusesAsync(string path, string why)
    {
        var refusal = await Assert.ThrowsAsync<OutboundException>(() => GetAsync(path));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }
}
