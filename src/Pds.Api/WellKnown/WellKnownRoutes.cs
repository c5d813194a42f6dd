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
        endpoints.MapMethods("/.well-known/did.json", GetOrHead.Verbs, ServiceDocumentAsync);
        endpoints.MapMethods("/robots.txt", GetOrHead.Verbs, () => Results.Text(Robots));
    }

    /// <summary>The DID of the account whose handle is the host that was asked: how the network resolves handles.</summary>
    private static async Task<IResult> AtprotoDidAsync(HttpContext http, IAccountStore accounts, CancellationToken ct)
    {
        var account = Handle.TryParse(http.Request.Host.Host, out var handle) ? await accounts.FindAsync(handle, ct) : null;
        return account is { IsActive: true } ? Results.Text(account.Did.Value) : Results.Text("User not found", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>The service's own document: what its did:web resolves to.</summary>
    private static IResult ServiceDocumentAsync(ServiceOptions service)
    {
        var document = DidDocument.Build(service.Did, [], [], [new DidService("#atproto_pds", "AtprotoPersonalDataServer", service.PublicUrl)]);
        return Results.Bytes(document.Json.ToArray(), "application/json");
    }
}
