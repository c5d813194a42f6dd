using Pds.Application.Errors;
using Pds.Application.OAuth;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>Reads service tokens, and decides whether their issuer may call.</summary>
internal sealed class ServiceCredentials(
    HttpCaller caller, ServiceTokens tokens, UsedTokens used, IAccountStore accounts, ModerationOptions moderation)
{
    /// <summary>What a labeler's own service signs as; the rest of its identity may be somebody's account.</summary>
    private const string Labeler = "atproto_labeler";

    /// <summary>Whether a token is meant as one of these and not as a session's.</summary>
    public static bool Are(string token) => ServiceToken.TryParse(token, out var parsed) && parsed.NamesMethod;

    /// <exception cref="XrpcException">BadJwt, BadJwtType, JwtExpired, BadJwtAudience, BadJwtLexiconMethod, BadJwtIss, BadJwtSignature, UntrustedIss, AuthenticationRequired,
    /// NotEnoughResources; AccountNotFound, AccountTakedown.</exception>
    public async Task ReadAsync(HttpContext http, string text, Access access, CancellationToken ct)
    {
        var method = http.GetEndpoint()?.Metadata.GetMetadata<Nsid>() ?? throw new InvalidOperationException("The route does not say which method it is");

        var (token, issuer) = tokens.Read(text, method);
        if (!MayIssue(issuer, access.Services)) throw XrpcException.ServiceTokenRefused("UntrustedIss", "Untrusted issuer"); // and nobody is asked for its key
        await tokens.VerifyAsync(token, issuer, ct);

        // A token says nothing of the body, so whoever got hold of one could send another with it. Where that would moderate somebody, a token is good
        // for one call. Elsewhere it does no harm, and clients do send one again: an upload after a broken connection, a sign-up after a taken handle.
        if (access.Services == ServiceIssuers.Moderation && HttpMethods.IsPost(http.Request.Method)) used.Use(token, issuer);

        if (access.Services == ServiceIssuers.Accounts) caller.Account = await FindAccountAsync(issuer.Did, ct);
        caller.ServiceIssuer = issuer.Did;
        caller.Permissions = Permissions.All; // the token is for this method, and says nothing that would narrow it
    }

    /// <summary>A labeler's key is for moderation: it does not speak for the account.</summary>
    private bool MayIssue(DidReference issuer, ServiceIssuers allowed) => allowed == ServiceIssuers.Moderation
        ? issuer.Did == moderation.Did && issuer.Fragment is null or Labeler
        : issuer.Fragment is null;

    private async Task<Account> FindAccountAsync(Did did, CancellationToken ct)
    {
        var account = await accounts.FindAsync(did, ct) ?? throw XrpcException.AccountNotFound();
        return account.Status == AccountStatus.Takendown ? throw XrpcException.AccountTakedown() : account;
    }
}
