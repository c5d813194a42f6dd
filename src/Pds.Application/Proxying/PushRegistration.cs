using System.Globalization;
using System.Text.Json;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>Tells a notification service about a device of the caller's. The call names the service itself, and its body is this server's to write.</summary>
internal sealed class PushRegistration(ICaller caller, ServiceRoutes routes, IIdentityResolver identities, ServiceProxy proxy, IUpstream upstream)
{
    /// <summary>What a notification service is called in its document.</summary>
    private const string NotificationId = "bsky_notif";

    /// <exception cref="XrpcException">The service's DID does not resolve or is none of a notification service; it refuses, fails, or cannot be reached.</exception>
    public async Task SendAsync(Nsid method, PushDevice device, CancellationToken ct)
    {
        var service = device.Service;
        caller.Permissions.Demand(RpcScope.Of(method, DidReference.Of(service, NotificationId)));

        var isAppView = routes.AppView?.Service.Did == service;
        var url = isAppView ? routes.AppView!.Url! : await LocateAsync(service, ct);
        var body = JsonSerializer.SerializeToUtf8Bytes(device.ToFields());
        var headers = new Dictionary<string, string>
        {
            ["authorization"] = await proxy.SignAsync(new ProxyToken(caller.RequireDid(), DidReference.Of(service), method), ct),
            ["content-type"] = "application/json",
            ["content-length"] = body.Length.ToString(CultureInfo.InvariantCulture),
        };

        var call = new UpstreamCall(url, isAppView, "POST", $"/xrpc/{method}", headers, new MemoryStream(body));
        await using var answer = await UpstreamRefusal.EnsureNoneAsync(await upstream.SendAsync(call, ct), ct);
    }

    private async Task<Uri> LocateAsync(Did service, CancellationToken ct)
    {
        var document = await identities.ResolveDidAsync(service, ct) ?? throw XrpcException.InvalidRequest($"could not resolve did document: {service}");
        return document.Service(NotificationId, "BskyNotificationService")
            ?? throw XrpcException.InvalidRequest($"invalid notification service details in did document: {service}");
    }
}
