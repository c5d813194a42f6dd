using Pds.Application.Accounts;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Writes session tokens; the Api's authentication reads them.</summary>
public interface ITokenIssuer
{
    /// <summary>Good for two hours.</summary>
    /// <param name="appPasswordId">The app password that began the session, with which the token ends; null for the account's own password.</param>
    string IssueAccess(Did did, SessionScope scope, string? appPasswordId = null);

    string IssueRefresh(RefreshToken token);
}
