using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>Passes the call that is being handled on to another service, in the name of its caller, and answers what that says.</summary>
internal sealed class ServiceProxy(IIncomingCall incoming, IIdentityResolver identities, ServiceAuth tokens, IUpstream upstream, ProxyOptions options)
{
    /// <param name="route">Which service.</param>
    /// <param name="token">What the token for it says; null for a call that is nobody's.</param>
    /// <param name="ct">Ends the call.</param>
    /// <exception cref="XrpcException">The service's DID does not resolve or has no such service; it refuses, fails, or cannot be reached.</exception>
    public Task<UpstreamAnswer> PassOnAsync(ServiceRoute route, ProxyToken? token, CancellationToken ct)
    {
        var body = incoming.Verb == "POST" ? incoming.Body ?? Stream.Null : null;
        var headers = PassedHeaders.Of(incoming, hasBody: body is not null);
        if (body == Stream.Null) headers["content-length"] = "0";
        return SendAsync(route, token, new Request(incoming.Verb, incoming.PathAndQuery, headers, body), ct);
    }

    /// <summary>The same for a method of this server's that only asks: the answer comes encoded so that it can be read here too, if at all.</summary>
    /// <inheritdoc cref="PassOnAsync"/>
    public Task<UpstreamAnswer> AskAsync(ServiceRoute route, ProxyToken? token, CancellationToken ct)
    {
        var headers = PassedHeaders.Of(incoming, hasBody: false);
        headers[PassedHeaders.AcceptEncoding] = ContentEncodings.Negotiate(incoming.Header(PassedHeaders.AcceptEncoding), options);
        return SendAsync(route, token, new Request(incoming.Verb, incoming.PathAndQuery, headers), ct);
    }

    /// <summary>Asks something of a service on this server's own account, to complete what the caller asked for.</summary>
    /// <param name="query">The parameters, encoded.</param>
    /// <inheritdoc cref="PassOnAsync"/>
    public Task<UpstreamAnswer> LookUpAsync(ServiceRoute route, ProxyToken token, string query, CancellationToken ct) =>
        SendAsync(route, token, new Request("GET", $"/xrpc/{token.Method}?{query}", new() { [PassedHeaders.AcceptEncoding] = "identity" }), ct);

    /// <summary>The header that proves to a service for whom this server speaks.</summary>
    public async ValueTask<string> SignAsync(ProxyToken token, CancellationToken ct) =>
        $"Bearer {await tokens.IssueAsync(token.Issuer, token.Audience, token.Method, expiresAt: null, ct)}";

    private async Task<UpstreamAnswer> SendAsync(ServiceRoute route, ProxyToken? token, Request request, CancellationToken ct)
    {
        var url = route.Url ?? await LocateAsync(route.Service, ct);
        if (token is not null) request.Headers["authorization"] = await SignAsync(token, ct);

        var call = new UpstreamCall(url, IsTrusted: route.Url is not null, request.Verb, request.PathAndQuery, request.Headers, request.Body);
        return await UpstreamRefusal.EnsureNoneAsync(await upstream.SendAsync(call, ct), ct);
    }

    private async Task<Uri> LocateAsync(DidReference service, CancellationToken ct)
    {
        var document = await identities.ResolveDidAsync(service.Did, ct) ?? throw XrpcException.InvalidRequest("could not resolve proxy did");
        return document.Service(service.Fragment!) ?? throw XrpcException.InvalidRequest("could not resolve proxy did service url");
    }

    private sealed record Request(string Verb, string PathAndQuery, Dictionary<string, string> Headers, Stream? Body = null);
}
