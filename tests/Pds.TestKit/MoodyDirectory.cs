using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Pds.TestKit;

/// <summary>What a directory does with whoever asks.</summary>
public enum DirectoryMood
{
    Right,

    /// <summary>It hangs up.</summary>
    Down,

    /// <summary>It takes longer than anybody waits.</summary>
    Slow,

    /// <summary>It answers, and it is no answer.</summary>
    Nonsense,
}

/// <summary>A PLC directory over HTTP that stands before another, for the test to spoil.</summary>
public sealed class MoodyDirectory : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _http = new();
    private readonly Func<string> _inner;

    private MoodyDirectory(WebApplication server, Func<string> inner) => (_server, _inner) = (server, inner);

    public DirectoryMood Mood { get; set; }

    public string Url => _server.Urls.Single();

    /// <param name="inner">Where the other is, asked when it is needed.</param>
    public static async Task<MoodyDirectory> StartAsync(Func<string> inner)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var directory = new MoodyDirectory(builder.Build(), inner);
        directory._server.Run(directory.AnswerAsync);
        await directory._server.StartAsync();
        return directory;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        switch (Mood)
        {
            case DirectoryMood.Down:
                http.Abort();
                break;
            case DirectoryMood.Slow:
                await ((Task)Task.Delay(Timeout.Infinite, http.RequestAborted)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case DirectoryMood.Nonsense:
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html>");
                break;
            default:
                await PassOnAsync(http);
                break;
        }
    }

    private async Task PassOnAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), $"{_inner()}{http.Request.GetEncodedPathAndQuery()}");
        if (HttpMethods.IsPost(http.Request.Method))
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray()) { Headers = { { "Content-Type", "application/json" } } };
        }

        using var response = await _http.SendAsync(request);
        http.Response.StatusCode = (int)response.StatusCode;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(await response.Content.ReadAsByteArrayAsync());
    }
}
