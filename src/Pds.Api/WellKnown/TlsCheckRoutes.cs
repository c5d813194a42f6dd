using Microsoft.AspNetCore.Mvc;
using Pds.Api.Xrpc;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Api.WellKnown;

/// <summary><c>/tls-check?domain=</c>: whether a reverse proxy should get a certificate for a name that somebody asks it for. Yes for the server's own, and for each that means somebody here.</summary>
/// <remarks>Caddy calls this the <c>ask</c> of on-demand TLS. Without it anybody could have certificates ordered for names that nobody has, until the authority has enough of it.</remarks>
internal static class TlsCheckRoutes
{
    public static void MapTlsCheck(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods("/tls-check", GetOrHead.Verbs, AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        [FromQuery] string[] domain, IAccountStore accounts, IHostedDocuments hosted, HandlePolicy handles, ServiceOptions service, CancellationToken ct)
    {
        if (domain is not [{ Length: > 0 } name]) return Refuse(StatusCodes.Status400BadRequest, "InvalidRequest", "bad or missing domain query param");
        if (name == service.Hostname) return Results.Json(new { success = true });
        if (!Handle.TryParse(name, out var handle) || !handles.IsServed(handle)) return Refuse(StatusCodes.Status400BadRequest, "InvalidRequest", "handles are not provided on this domain");

        return await IsSomebodyAsync(handle, accounts, hosted, ct)
            ? Results.Json(new { success = true })
            : Refuse(StatusCodes.Status404NotFound, "NotFound", "handle not found for this domain");
    }

    /// <summary>An account has that handle or, as did:web, that identity; or it was one, and the name is kept for who has moved away.</summary>
    private static async ValueTask<bool> IsSomebodyAsync(Handle handle, IAccountStore accounts, IHostedDocuments hosted, CancellationToken ct) =>
        await accounts.FindAsync(handle, ct) is { IsActive: true } || await hosted.FindMovedAsync(handle, ct) is not null || await hosted.FindAsync(Did.Web(handle.Value), ct) is not null;

    private static IResult Refuse(int status, string error, string message) => Results.Json(new XrpcError(error, message), statusCode: status);
}
