using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>Finds out who calls, as the method's <see cref="Access"/> wants it, and refuses with the name that clients match on.</summary>
internal sealed class Authenticator(HttpCaller caller, IAccountStore accounts, IAppPasswordStore appPasswords, SecretOptions secrets)
{
    private const string Bearer = "Bearer";
    private const string Basic = "Basic";
    private const string DPoP = "DPoP";
    private const string AdminUser = "admin";

    /// <exception cref="XrpcException">AuthMissing, InvalidToken, ExpiredToken, AccountNotFound, AccountTakedown, AccountDeactivated, AuthenticationRequired.</exception>
    public async Task AuthenticateAsync(HttpContext http, Access access, CancellationToken ct)
    {
        if (access.IgnoresHeader) return;
        MarkPrivate(http.Response);

        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length > 0) await ReadAsync(http, header, access, ct);
        else if (!access.IsOptional) throw access.Scopes.Count > 0 ? XrpcException.AuthMissing() : XrpcException.AuthenticationRequired();
    }

    private async Task ReadAsync(HttpContext http, string header, Access access, CancellationToken ct)
    {
        if (access is { Scopes.Count: 0, TakesAdmin: false }) throw XrpcException.AuthenticationRequired("Invalid authorization header");
        if (!AuthenticationHeaderValue.TryParse(header, out var parsed) || string.IsNullOrEmpty(parsed.Parameter))
            throw XrpcException.InvalidToken("Malformed authorization header");

        if (Is(parsed, Bearer) && access.Scopes.Count > 0) await ReadSessionAsync(http, access, ct);
        else if (Is(parsed, Basic) && access.TakesAdmin) ReadAdmin(parsed.Parameter);
        else if (!Is(parsed, Bearer) && !Is(parsed, Basic) && !Is(parsed, DPoP)) throw XrpcException.InvalidToken($"Unsupported authorization type: {parsed.Scheme}");
        else throw access.Scopes.Count > 0 ? XrpcException.InvalidToken("Unexpected authorization type") : XrpcException.AuthenticationRequired();
    }

    private async Task ReadSessionAsync(HttpContext http, Access access, CancellationToken ct)
    {
        var result = await http.AuthenticateAsync(access.TakesRefresh ? SessionTokens.RefreshScheme : SessionTokens.AccessScheme);
        var principal = result.Principal;
        if (result.Failure is SecurityTokenExpiredException && access.TakesExpired) principal = ReadExpired(http);
        else if (result.Failure is { } failure) throw Explain(failure);
        if (principal is null) throw XrpcException.InvalidToken("Malformed authorization header"); // JwtBearer saw no token: a tab after "Bearer"

        var (did, scope) = ReadClaims(principal);
        var account = await accounts.FindAsync(did, ct);
        if (account is { Status: AccountStatus.Takendown } && !access.TakesAnyStatus && scope != SessionScope.Takendown) throw XrpcException.AccountTakedown();
        if (!access.Scopes.Contains(scope)) throw XrpcException.InvalidToken("Bad token scope");

        caller.Account = account ?? throw XrpcException.AccountNotFound();
        caller.Scope = scope;
        caller.RefreshTokenId = access.TakesRefresh ? principal.FindFirstValue(JwtRegisteredClaimNames.Jti) : null;
        if (!access.TakesExpired && IsFromBefore(account.SessionsValidFrom, principal)) throw XrpcException.ExpiredToken("Token has been revoked");
        if (IsOfRevokedAppPassword(account.Did, principal)) throw XrpcException.ExpiredToken("Token has been revoked");
        if (access.NeedsActive && !account.IsActive) throw XrpcException.AccountDeactivated();
    }

    /// <summary>Whether a token is older than the last time that all sessions were ended; tokens know seconds only.</summary>
    private static bool IsFromBefore(DateTimeOffset? moment, ClaimsPrincipal principal) =>
        moment is { } validFrom
        && long.TryParse(principal.FindFirstValue(JwtRegisteredClaimNames.Iat), NumberStyles.None, CultureInfo.InvariantCulture, out var issuedAt)
        && issuedAt < validFrom.ToUnixTimeSeconds();

    /// <summary>Whether the session began with an app password that is no more. A token that names none, of another release, goes on until it expires.</summary>
    private bool IsOfRevokedAppPassword(Did did, ClaimsPrincipal principal) =>
        principal.FindFirstValue(SessionTokens.AppPasswordClaim) is { } id && appPasswords.Find(did, id) is null;

    /// <summary>A token that has run out but was ours: its signature and audience were right, or the failure would have been another.</summary>
    private static ClaimsPrincipal ReadExpired(HttpContext http)
    {
        var token = new JsonWebToken(http.Request.Headers.Authorization.ToString()[(Bearer.Length + 1)..].Trim());
        return new ClaimsPrincipal(new ClaimsIdentity(token.Claims));
    }

    private static (Did Did, SessionScope Scope) ReadClaims(ClaimsPrincipal principal)
    {
        // Tokens of other makes (service tokens, OAuth) carry these; ours never do.
        if (principal.HasClaim(claim => claim.Type is "lxm" or "cnf")) throw XrpcException.InvalidToken("Malformed token");

        var scope = SessionScopes.Parse(principal.FindFirstValue(SessionTokens.ScopeClaim) ?? "") ?? throw XrpcException.InvalidToken("Bad token scope");
        return Did.TryParse(principal.FindFirstValue(JwtRegisteredClaimNames.Sub), out var did) ? (did, scope) : throw XrpcException.InvalidToken("Malformed token");
    }

    private void ReadAdmin(string credentials)
    {
        Span<byte> decoded = stackalloc byte[512];
        if (!Convert.TryFromBase64String(credentials, decoded, out var length)) throw XrpcException.AuthenticationRequired();

        var (user, password) = Encoding.UTF8.GetString(decoded[..length]).Split(':', 2) is [var name, var rest] ? (name, rest) : ("", "");
        var isRight = Secret.Of(password) == secrets.AdminPassword;
        if (user != AdminUser || !isRight) throw XrpcException.AuthenticationRequired();
        caller.IsAdmin = true;
    }

    /// <summary>Answers to one caller are nobody else's, refusals included.</summary>
    private static void MarkPrivate(HttpResponse response)
    {
        response.Headers.CacheControl = "private";
        response.Headers.Append("Vary", "Authorization");
    }

    private static XrpcException Explain(Exception failure) =>
        failure is SecurityTokenExpiredException ? XrpcException.ExpiredToken() : XrpcException.InvalidToken("Token could not be verified");

    private static bool Is(AuthenticationHeaderValue header, string scheme) => header.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);
}
