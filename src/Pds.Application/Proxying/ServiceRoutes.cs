using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>Which service a call goes to that is not for this server: the one that the caller names, or the one that the operator named for such methods.</summary>
/// <remarks>https://atproto.com/specs/xrpc#service-proxying. Decided without asking anybody, so before it is known who calls.</remarks>
public sealed class ServiceRoutes(AppViewOptions appView, ModerationOptions moderation)
{
    /// <summary>The header by which a caller names a service.</summary>
    public const string Header = "atproto-proxy";

    private const string Ozone = "tools.ozone.";
    private const string CreateReport = "com.atproto.moderation.createReport";
    private const string Labeler = "atproto_labeler";

    private readonly ServiceRoute? _moderation = Configured(moderation.Did, Labeler, moderation.Url);
    private readonly ServiceRoute? _reports = Configured(moderation.ReportDid, Labeler, moderation.ReportUrl);

    /// <summary>The AppView that the operator named; null for none.</summary>
    public ServiceRoute? AppView { get; } = Configured(appView.Did, "bsky_appview", appView.Url);

    /// <param name="method">What is called.</param>
    /// <param name="named">What the caller's <see cref="Header"/> says; null or empty where it says nothing.</param>
    /// <exception cref="XrpcException">InvalidToken: the method is never passed on. InvalidRequest: the header is malformed, or nobody is there for such methods.</exception>
    public ServiceRoute Of(Nsid method, string? named) => Find(method, named) ?? throw XrpcException.InvalidRequest($"No service configured for {method}");

    /// <summary>The same, for a method that this server can do something about itself: null where nobody is there for it.</summary>
    /// <inheritdoc cref="Of"/>
    public ServiceRoute? Find(Nsid method, string? named)
    {
        if (GuardedMethods.IsProtected(method)) throw XrpcException.InvalidToken("Bad token method");
        return string.IsNullOrEmpty(named) ? DefaultOf(method) : Named(named);
    }

    /// <summary>Where a call goes that the operator's AppView, or this server in its place, is not to answer; null where the caller names no other service.</summary>
    /// <inheritdoc cref="Of" path="/param|/exception"/>
    public ServiceRoute? ElsewhereOf(Nsid method, string? named) =>
        !string.IsNullOrEmpty(named) && Of(method, named) is var route && route != AppView ? route : null;

    private ServiceRoute? DefaultOf(Nsid method)
    {
        if (method.Value.StartsWith(Ozone, StringComparison.Ordinal)) return _moderation;
        return method.Value == CreateReport ? _reports : AppView;
    }

    private ServiceRoute Named(string header)
    {
        var service = Parse(header);
        if (service == AppView?.Service) return AppView;
        return service == _moderation?.Service ? _moderation : new ServiceRoute(service, Url: null);
    }

    private static DidReference Parse(string header)
    {
        var hash = header.IndexOf('#', StringComparison.Ordinal);
        if (hash == 0) throw XrpcException.InvalidRequest("no did specified in proxy header");
        if (hash < 0 || hash == header.Length - 1) throw XrpcException.InvalidRequest("no service id specified in proxy header");
        if (header.IndexOf('#', hash + 1) >= 0) throw XrpcException.InvalidRequest("invalid proxy header format");
        if (header.Contains(' ', StringComparison.Ordinal)) throw XrpcException.InvalidRequest("proxy header cannot contain spaces");
        if (!Did.TryParse(header[..hash], out _)) throw XrpcException.InvalidRequest("could not resolve proxy did");
        return DidReference.TryParse(header, out var service) ? service : throw XrpcException.InvalidRequest("invalid proxy header format");
    }

    private static ServiceRoute? Configured(Did? did, string id, Uri? url) =>
        did is not null && url is not null ? new ServiceRoute(DidReference.Of(did, id), url) : null;
}
