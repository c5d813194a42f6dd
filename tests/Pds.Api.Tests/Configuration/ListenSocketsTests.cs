using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pds.Api.Configuration;
using Pds.Application.Options;

namespace Pds.Api.Tests.Configuration;

public sealed class ListenSocketsTests : IDisposable
{
    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_request_is_served_on_the_port_that_the_system_chose()
    {
        var builder = WebApplication.CreateBuilder([$"--Pds:Storage:DataDirectory={_server.Data}", "--Pds:Service:Port=0", "--urls=http://localhost:1"]);
        builder.Logging.ClearProviders();
        var options = builder.AddPdsConfiguration();
        await using var app = builder.Build();
        app.MapGet("/", (ServiceOptions service) => service.PublicUrl);
        await app.StartAsync();
        using var client = new HttpClient();

        foreach (var endPoint in options.Listening!.EndPoints)
            Assert.Equal(options.Service.PublicUrl, await client.GetStringAsync(new Uri($"http://{endPoint}")));

        Assert.Equal($"http://127.0.0.1:{options.Listening.Port}", app.Urls.First());
        await app.StopAsync();
        Assert.True(CanBind(options.Listening.Port));
    }

    [Fact]
    public void A_taken_port_is_named()
    {
        using var taken = ListenSockets.Bind(IPAddress.Loopback, 0);

        var refusal = _server.Refuses(("PDS_PORT", $"{taken.Port}"));

        Assert.StartsWith($"Cannot listen on port {taken.Port} of 127.0.0.1 (PDS_PORT, PDS_BIND_ADDRESS)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_interfaces_include_those_of_both_versions()
    {
        using var sockets = ListenSockets.Bind(ListenSockets.AllInterfaces, 0);
        using var client = new TcpClient();

        await client.ConnectAsync(IPAddress.Loopback, sockets.Port);

        Assert.True(client.Connected);
    }

    private static bool CanBind(int port)
    {
        using var sockets = ListenSockets.Bind(IPAddress.Loopback, port);
        return sockets.Port == port;
    }
}
