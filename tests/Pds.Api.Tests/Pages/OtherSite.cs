using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pds.Api.Tests.Pages;

/// <summary>A page of somebody else's: another site for browsers, because it is at an address and not at a name.</summary>
public sealed class OtherSite : IAsyncDisposable
{
    private readonly WebApplication _server;

    private OtherSite(WebApplication server) => _server = server;

    public string Url => _server.Urls.Single();

    public static async Task<OtherSite> StartAsync(string html)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = new OtherSite(builder.Build());
        site._server.Map("/", () => Results.Content(html, "text/html"));
        await site._server.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
