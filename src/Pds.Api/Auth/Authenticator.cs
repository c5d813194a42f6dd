using System.Net.Http.Headers;
using Pds.Application.Errors;

namespace Pds.Api.Auth;

/// <summary>Finds out who calls, as the method's <see cref="Access"/> wants it, and refuses with the name that clients match on.</summary>
internal sealed class Authenticator(SessionCredentials sessions, DpopCredentials apps, ServiceCredentials services, AdminBasic admin)
{
    private const string Bearer = "Bearer";
    private const string Basic = "Basic";
    private const string DPoP = "DPoP";

    /// <exception cref="XrpcException">AuthMissing, AuthenticationRequired, InvalidToken; and those of each kind of credentials.</exception>
    public async Task AuthenticateAsync(HttpContext http, Access access, CancellationToken ct)
    {
        if (access.IgnoresHeader) return;
        MarkPrivate(http.Response);

        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > 0) await ReadAsync(http, header, access, ct);
        else if (!access.IsOptional) throw access.TakesSessions ? XrpcException.AuthMissing() : XrpcException.AuthenticationRequired();
    }

    private async Task ReadAsync(HttpContext http, string header, Access access, CancellationToken ct)
    {
        var parsed = Parse(header);
        if (parsed is null) throw access.TakesBearer ? XrpcException.InvalidToken("Malformed authorization header") : XrpcException.AuthenticationRequired();

        if (Is(parsed, Bearer) && access.TakesBearer) await ReadBearerAsync(http, parsed.Parameter!, access, ct);
        else if (Is(parsed, DPoP) && access.TakesSessions && !access.TakesRefresh) await apps.ReadAsync(http, parsed.Parameter!, access, ct);
        else if (Is(parsed, Basic) && access.TakesAdmin) admin.Read(http, parsed.Parameter!);
        else throw Unexpected(parsed, access);
    }

    /// <summary>Where a method takes both kinds, a token is the service's only if it names a method.</summary>
    private Task ReadBearerAsync(HttpContext http, string token, Access access, CancellationToken ct) =>
        access.Services != ServiceIssuers.None && (!access.TakesSessions || ServiceCredentials.Are(token))
            ? services.ReadAsync(http, token, access, ct)
            : sessions.ReadAsync(http, access, ct);

    private static AuthenticationHeaderValue? Parse(string header) =>
        AuthenticationHeaderValue.TryParse(header, out var parsed) && !string.IsNullOrEmpty(parsed.Parameter) && !parsed.Parameter.Contains(' ', StringComparison.Ordinal)
            ? parsed
            : null;

    private static XrpcException Unexpected(AuthenticationHeaderValue header, Access access)
    {
        if (!access.TakesBearer) return XrpcException.AuthenticationRequired();
        if (!Is(header, Bearer) && !Is(header, Basic) && !Is(header, DPoP)) return XrpcException.InvalidToken($"Unsupported authorization type: {header.Scheme}");
        if (access.TakesSessions) return XrpcException.InvalidToken("Unexpected authorization type");
        return access.TakesAdmin ? XrpcException.AuthenticationRequired() : XrpcException.AuthenticationRequired("Invalid authorization header");
    }

    /// <summary>Answers to one caller are nobody else's, refusals included.</summary>
    private static void MarkPrivate(HttpResponse response)
    {
        response.Headers.CacheControl = "private";
        response.Headers.Append("Vary", "Authorization");
    }

    private static bool Is(AuthenticationHeaderValue header, string scheme) => header.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);
}
