using System.Net;
using Microsoft.AspNetCore.Http;
using Pds.Application.Options;
using Pds.Infrastructure.Outbound;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Outbound;

public sealed class SafeHttpClientTests
{
    private static readonly OutboundOptions Sandbox = new() { AllowPrivateAddresses = true, MaxResponseSize = 1_000_000 };
    private static readonly OutboundOptions Public = new() { AllowPrivateAddresses = false, MaxResponseSize = 1_000_000 };
    private static readonly OutboundLimits Limits = new(TimeSpan.FromSeconds(20), MaxBytes: 1000, MaxRedirects: 2);

    [Fact]
    public async Task Fetches_what_is_small_enough()
    {
        await using var server = await LocalServer.StartAsync(http => http.Response.WriteAsync(new string('a', 1000)));

        var answer = await GetAsync($"{server.Url}/");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(1000, answer.Body.Length);
    }

    [Fact]
    public async Task Stops_reading_what_is_too_long_even_where_no_length_is_announced()
    {
        await using var server = await LocalServer.StartAsync(async http =>
        {
            await http.Response.StartAsync();
            for (var i = 0; i < 1001; i++) await http.Response.WriteAsync("a");
        });

        var refusal = await RefusesAsync($"{server.Url}/");

        Assert.Contains("more than 1000 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_no_more_than_the_operator_allows_for_any_answer()
    {
        await using var server = await LocalServer.StartAsync(http => http.Response.WriteAsync(new string('a', 501)));

        var refusal = await RefusesAsync($"{server.Url}/", options: Sandbox with { MaxResponseSize = 500 });

        Assert.Contains("more than 500 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_wait_for_ever_for_an_answer_or_for_its_end()
    {
        await using var server = await LocalServer.StartAsync(async http =>
        {
            if (http.Request.Path == "/begins") await http.Response.WriteAsync("a");
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var limits = Limits with { Timeout = TimeSpan.FromMilliseconds(300) };

        Assert.Contains("in time", (await RefusesAsync($"{server.Url}/", limits)).Message, StringComparison.Ordinal);
        Assert.Contains("in time", (await RefusesAsync($"{server.Url}/begins", limits)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_when_the_caller_does_not_want_it_any_more()
    {
        using var gone = new CancellationTokenSource();
        await using var server = await LocalServer.StartAsync(async http =>
        {
            await gone.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        using var client = NewClient(Sandbox);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(new Uri($"{server.Url}/"), Limits, "*/*", gone.Token));
    }

    [Fact]
    public async Task Unpacks_nothing()
    {
        await using var server = await LocalServer.StartAsync(http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return http.Response.WriteAsync("whatever");
        });

        await RefusesAsync($"{server.Url}/");
    }

    [Fact]
    public async Task Follows_redirects_up_to_their_number()
    {
        await using var server = await LocalServer.StartAsync(http =>
        {
            var left = http.Request.Path.Value!.Length - 1;
            if (left == 0) return http.Response.WriteAsync("here");
            http.Response.StatusCode = 302;
            http.Response.Headers.Location = "/" + new string('x', left - 1);
            return Task.CompletedTask;
        });

        Assert.Equal("here"u8.ToArray(), (await GetAsync($"{server.Url}/xx")).Body);
        await RefusesAsync($"{server.Url}/xxx");
        await RefusesAsync($"{server.Url}/x", Limits with { MaxRedirects = 0 });
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://167772161/")] // 10.0.0.1
    [InlineData("http://0x0a.1/")]
    [InlineData("http://user:secret@example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    public async Task Checks_where_a_redirect_leads_as_it_checked_the_first_address(string to)
    {
        await using var server = await LocalServer.StartAsync(http =>
        {
            http.Response.StatusCode = 302;
            http.Response.Headers.Location = to;
            return Task.CompletedTask;
        });

        await RefusesAsync($"{server.Url}/");
    }

    [Theory]
    [InlineData("https://localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    public async Task A_public_server_does_not_ask_itself(string url)
    {
        var refusal = await RefusesAsync(url, options: Public);

        Assert.Contains("no public address", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_server_asks_over_https_alone()
    {
        await using var server = await LocalServer.StartAsync(http => http.Response.WriteAsync("never"));

        Assert.Contains("https", (await RefusesAsync($"{server.Url}/", options: Public)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_gains_nothing()
    {
        await using var server = await LocalServer.StartAsync(http =>
        {
            http.Response.Headers.Connection = "close";
            return http.Response.WriteAsync("here");
        });
        var port = new Uri(server.Url).Port;
        var answers = new Queue<string>(["127.0.0.1", "10.0.0.1"]);
        using var client = NewClient(Sandbox, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));

        await client.GetAsync(new Uri($"http://rebinding.test:{port}/"), Limits, "*/*", CancellationToken.None);

        await Assert.ThrowsAsync<OutboundException>(() => client.GetAsync(new Uri($"http://rebinding.test:{port}/"), Limits, "*/*", CancellationToken.None));
        Assert.Empty(answers); // it was asked for each connection, and once for each
    }

    [Fact]
    public async Task Connects_to_none_but_the_allowed_of_a_names_addresses()
    {
        await using var server = await LocalServer.StartAsync(http => http.Response.WriteAsync("here"));
        using var client = NewClient(Sandbox, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.Loopback, IPAddress.Parse("fd00::1")]));

        var answer = await client.GetAsync(new Uri($"http://several.test:{new Uri(server.Url).Port}/"), Limits, "*/*", CancellationToken.None);

        Assert.Equal("here"u8.ToArray(), answer.Body);
    }

    [Fact]
    public async Task Sends_no_cookie_that_it_was_given()
    {
        var cookies = new List<string>();
        await using var server = await LocalServer.StartAsync(http =>
        {
            cookies.Add(http.Request.Headers.Cookie.ToString());
            http.Response.Cookies.Append("a", "b");
            return Task.CompletedTask;
        });
        using var client = NewClient(Sandbox);

        await client.GetAsync(new Uri($"{server.Url}/"), Limits, "*/*", CancellationToken.None);
        await client.GetAsync(new Uri($"{server.Url}/"), Limits, "*/*", CancellationToken.None);

        Assert.Equal(["", ""], cookies);
    }

    private static async Task<OutboundResponse> GetAsync(string url)
    {
        using var client = NewClient(Sandbox);
        return await client.GetAsync(new Uri(url), Limits, "*/*", CancellationToken.None);
    }

    private static async Task<OutboundException> RefusesAsync(string url, OutboundLimits? limits = null, OutboundOptions? options = null)
    {
        using var client = NewClient(options ?? Sandbox);
        return await Assert.ThrowsAsync<OutboundException>(() => client.GetAsync(new Uri(url), limits ?? Limits, "*/*", CancellationToken.None));
    }

    private static SafeHttpClient NewClient(OutboundOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null) =>
        new(options, lookUp is null ? new GuardedConnection(options) : new GuardedConnection(options, lookUp), TimeProvider.System);
}
