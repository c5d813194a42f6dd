using Pds.Application.Errors;
using Pds.Application.OAuth;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Who sent the request that is being handled, as the Api's authentication found out.</summary>
public interface ICaller
{
    /// <summary>The account that calls; null for anyone and for the administrator. As it was when the request came in, or as it was when its turn began.</summary>
    Account? Account { get; }

    /// <summary>Takes the account as it is now: a command that has waited for its turn decides on that.</summary>
    void Renew(Account account);

    /// <summary>Its DID.</summary>
    Did? Did => Account?.Did;

    /// <summary>Whether the administrator calls, who may see what is hidden.</summary>
    bool IsAdmin { get; }

    /// <summary>Who signed the service token that was sent (https://atproto.com/specs/xrpc#inter-service-authentication-jwt); null for any other credentials.</summary>
    Did? ServiceIssuer { get; }

    /// <summary>What the caller's credentials are good for.</summary>
    Permissions Permissions { get; }

    /// <summary>The <c>jti</c> of the refresh token that was sent; null for any other token.</summary>
    string? RefreshTokenId { get; }

    /// <exception cref="XrpcException">No account calls.</exception>
    Account RequireAccount() => Account ?? throw XrpcException.AuthMissing();

    /// <inheritdoc cref="RequireAccount"/>
    Did RequireDid() => RequireAccount().Did;
}
