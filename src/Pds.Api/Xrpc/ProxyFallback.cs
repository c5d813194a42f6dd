using Pds.Application.Errors;
using Pds.Application.Proxying;
using Pds.Domain.Syntax;

namespace Pds.Api.Xrpc;

/// <summary>Reads what is asked of a method that no route has. All that is wrong with it is said before it is asked who calls.</summary>
internal static class ProxyFallback
{
    /// <exception cref="XrpcException">InvalidRequest: that is no name of a method.</exception>
    public static Nsid MethodOf(HttpContext http) =>
        Nsid.TryParse(((string?)http.GetRouteValue("nsid"))?.TrimEnd('/'), out var nsid) ? nsid : throw XrpcException.InvalidRequest("invalid xrpc path");

    /// <exception cref="XrpcException">InvalidRequest, InvalidToken: no such call is passed on.</exception>
    public static ServiceRoute RouteOf(HttpContext http, Nsid method)
    {
        if (!IsPassedOn(http.Request.Method)) throw XrpcException.InvalidRequest("XRPC requests only supports GET and POST");
        if (http.WebSockets.IsWebSocketRequest) throw XrpcException.InvalidRequest($"Subscriptions are not passed on: open {method} at the service that has it");
        return http.RequestServices.GetRequiredService<ServiceRoutes>().Of(method, http.Request.Headers[ServiceRoutes.Header]);
    }

    private static bool IsPassedOn(string verb) => HttpMethods.IsGet(verb) || HttpMethods.IsHead(verb) || HttpMethods.IsPost(verb);
}
