using Pds.Domain.Accounts;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>What <c>getSession</c> answers, and the sign-in methods beside their tokens.</summary>
public record SessionInfo(
    Did Did, Handle Handle, string? Email, bool? EmailConfirmed, bool? EmailAuthFactor, bool Active, AccountStatus? Status, DidDocument? DidDoc)
{
    internal static SessionInfo Of(Account account, DidDocument? document) => new(
        account.Did, account.ShownHandle, account.Email, account.EmailConfirmedAt is not null, account.EmailAuthFactor,
        account.IsActive, account.IsActive ? null : account.Status, document);
}

/// <summary>A session and its tokens.</summary>
public sealed record SessionWithTokens : SessionInfo
{
    internal SessionWithTokens(TokenPair tokens, SessionInfo info) : base(info) => (AccessJwt, RefreshJwt) = (tokens.AccessJwt, tokens.RefreshJwt);

    public string AccessJwt { get; }

    public string RefreshJwt { get; }
}
