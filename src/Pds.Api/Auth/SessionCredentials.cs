using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.OAuth;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>Reads session tokens (<see cref="SessionTokens"/> writes them) and asks how their account stands.</summary>
internal sealed class SessionCredentials(HttpCaller caller, IAccountStore accounts, IAppPasswordStore appPasswords)
{
    /// <exception cref="XrpcException">InvalidToken, ExpiredToken, AccountNotFound, AccountTakedown, AccountDeactivated.</exception>
    public async Task ReadAsync(HttpContext http, Access access, CancellationToken ct)
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
        caller.Permissions = Permissions.Of(scope);
        caller.RefreshTokenId = access.TakesRefresh ? principal.FindFirstValue(JwtRegisteredClaimNames.Jti) : null;
        if (!access.TakesExpired && IsFromBefore(account.SessionsValidFrom, principal)) throw XrpcException.ExpiredToken("Token has been revoked");
        if (IsOfRevokedAppPassword(account.Did, principal)) throw XrpcException.ExpiredToken("Token has been revoked");
        if (access.NeedsActive && !account.IsActive) throw XrpcException.AccountDeactivated();
    }

    /// <summary>Whether a token is older than the last time that all sessions were ended. One that knows seconds only, of an official server that was taken over, is older in that second, too.</summary>
    private static bool IsFromBefore(DateTimeOffset? moment, ClaimsPrincipal principal)
    {
        if (moment is not { } validFrom) return false;
        if (NumberIn(principal, SessionTokens.MomentClaim) is { } milliseconds) return milliseconds < validFrom.ToUnixTimeMilliseconds();
        return NumberIn(principal, JwtRegisteredClaimNames.Iat) is { } seconds && seconds <= validFrom.ToUnixTimeSeconds();
    }

    private static long? NumberIn(ClaimsPrincipal principal, string claim) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether the session began with an app password that is no more. A token that names none, of another release, goes on until it expires.</summary>
    private bool IsOfRevokedAppPassword(Did did, ClaimsPrincipal principal) =>
        principal.FindFirstValue(SessionTokens.AppPasswordClaim) is { } id && appPasswords.Find(did, id) is null;

    /// <summary>A token that has run out but was ours: its signature and audience were right, or the failure would have been another.</summary>
    private static ClaimsPrincipal ReadExpired(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var token = new JsonWebToken(header[(header.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim());
        return new ClaimsPrincipal(new ClaimsIdentity(token.Claims));
    }

    private static (Did Did, SessionScope Scope) ReadClaims(ClaimsPrincipal principal)
    {
        // Tokens of other makes (service tokens, OAuth) carry these; ours never do.
        if (principal.HasClaim(claim => claim.Type is "lxm" or "cnf")) throw XrpcException.InvalidToken("Malformed token");

        var scope = SessionScopes.Parse(principal.FindFirstValue(SessionTokens.ScopeClaim) ?? "") ?? throw XrpcException.InvalidToken("Bad token scope");
        return Did.TryParse(principal.FindFirstValue(JwtRegisteredClaimNames.Sub), out var did) ? (did, scope) : throw XrpcException.InvalidToken("Malformed token");
    }

    private static XrpcException Explain(Exception failure) =>
        failure is SecurityTokenExpiredException ? XrpcException.ExpiredToken() : XrpcException.InvalidToken("Token could not be verified");
}
