using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>Passes the call that is being handled on to another service, in the name of its caller, and answers what that says.</summary>
internal sealed class ServiceProxy(IIncomingCall incoming, IIdentityResolver identities, ServiceAuth tokens, IUpstream upstream)
{
    /// <param name="route">Which service.</param>
    /// <param name="token">What the token for it says; null for a call that is nobody's.</param>
    /// <param name="ct">Ends the call.</param>
    /// <exception cref="XrpcException">The service's DID does not resolve or has no such service; it refuses, fails, or cannot be reached.</exception>
    public async Task<UpstreamAnswer> PassOnAsync(ServiceRoute route, ProxyToken? token, CancellationToken ct)
    {
        var url = route.Url ?? await LocateAsync(route.Service, ct);
        var body = incoming.Verb == "POST" ? incoming.Body ?? Stream.Null : null;
        var headers = PassedHeaders.Of(incoming, hasBody: body is not null);
        if (body == Stream.Null) headers["content-length"] = "0";
        if (token is not null) headers["authorization"] = await SignAsync(token, ct);

        var call = new UpstreamCall(url, IsTrusted: route.Url is not null, incoming.Verb, incoming.PathAndQuery, headers, body);
        return await UpstreamRefusal.EnsureNoneAsync(await upstream.SendAsync(call, ct), ct);
    }

    /// <summary>The header that proves to a service for whom this server speaks.</summary>
    public async ValueTask<string> SignAsync(ProxyToken token, CancellationToken ct) =>
        $"Bearer {await tokens.IssueAsync(token.Issuer, token.Audience, token.Method, expiresAt: null, ct)}";

    private async Task<Uri> LocateAsync(DidReference service, CancellationToken ct)
    {
        var document = await identities.ResolveDidAsync(service.Did, ct) ?? throw XrpcException.InvalidRequest("could not resolve proxy did");
        return document.Service(service.Fragment!) ?? throw XrpcException.InvalidRequest("could not resolve proxy did service url");
    }
}
