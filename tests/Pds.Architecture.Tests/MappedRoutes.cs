using Microsoft.AspNetCore.Routing;
using Pds.Api;

namespace Pds.Architecture.Tests;

/// <summary>The XRPC methods that the server maps, found in the server itself.</summary>
internal static class MappedRoutes
{
    private const string Prefix = "/xrpc/";

    public static async Task<IReadOnlyList<string>> NsidsAsync()
    {
        var data = Directory.CreateTempSubdirectory("pds-routes-");
        try
        {
            await using var server = PdsServer.Build([$"--Pds:Storage:DataDirectory={data.FullName}", "--Pds:Service:Port=0", "--Logging:LogLevel:Default=Critical"]);
            return
            [
                .. ((IEndpointRouteBuilder)server).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                    .Select(endpoint => endpoint.RoutePattern.RawText ?? "")
                    .Where(path => path.StartsWith(Prefix, StringComparison.Ordinal) && path.Contains('.', StringComparison.Ordinal)) // neither the catch-all nor _health
                    .Select(path => path[Prefix.Length..]).Distinct().Order(StringComparer.Ordinal),
            ];
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
