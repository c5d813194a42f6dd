using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pds.Infrastructure.Tests.Outbound;

/// <summary>A web server of the test's own, which answers as the test says.</summary>
internal sealed class LocalWeb : IAsyncDisposable
{
    private readonly WebApplication _server;

    private LocalWeb(WebApplication server) => _server = server;

    public Uri Url => new(_server.Urls.Single());

    public static async Task<LocalWeb> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return new LocalWeb(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
