using Pds.Api.Xrpc;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Api.WellKnown;

/// <summary>The documents whose places the protocol fixes.</summary>
internal static class WellKnownRoutes
{
    private const string Robots =
        """
        # The public API may be crawled.
        User-agent: *
        Allow: /

        """;

    public static void MapWellKnown(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/.well-known/atproto-did", GetOrHead.Verbs, AtprotoDidAsync);
        endpoints.MapMethods("/.well-known/did.json", GetOrHead.Verbs, DidDocumentAsync);
        endpoints.MapMethods("/robots.txt", GetOrHead.Verbs, () => Results.Text(Robots));
    }

    /// <summary>The DID of the account whose handle is the host that was asked: how the network resolves handles.</summary>
    private static async Task<IResult> AtprotoDidAsync(HttpContext http, IAccountStore accounts, IHostedDocuments hosted, CancellationToken ct)
    {
        if (!Handle.TryParse(http.Request.Host.Host, out var handle)) return UserNotFound();
        var did = await accounts.FindAsync(handle, ct) is { IsActive: true } account ? account.Did : await hosted.FindMovedAsync(handle, ct);
        return did is null ? UserNotFound() : Results.Text(did.Value);
    }

    /// <summary>What the did:web of the host that was asked resolves to: an account's, where the host is a name of this server's, and otherwise the service's own.</summary>
    private static async Task<IResult> DidDocumentAsync(HttpContext http, IHostedDocuments hosted, HandlePolicy handles, ServiceOptions service, CancellationToken ct)
    {
        var host = http.Request.Host.Host;
        var name = host != service.Hostname && Handle.TryParse(host, out var handle) && handles.IsServed(handle) ? handle : null;
        var document = name is null ? ServiceDocument(service) : await hosted.FindAsync(Did.Web(name.Value), ct);
        return document is null ? UserNotFound() : Results.Bytes(document.Json.ToArray(), "application/json");
    }

    private static IResult UserNotFound() => Results.Text("User not found", statusCode: StatusCodes.Status404NotFound);

    private static DidDocument ServiceDocument(ServiceOptions service) =>
        DidDocument.Build(service.Did, [], [], [new DidService("#atproto_pds", "AtprotoPersonalDataServer", service.PublicUrl)]);
}
