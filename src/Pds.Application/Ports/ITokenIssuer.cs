using Pds.Application.Accounts;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>Writes session tokens; the Api's authentication reads them.</summary>
public interface ITokenIssuer
{
    /// <summary>Good for two hours.</summary>
    string IssueAccess(Did did, SessionScope scope);

    string IssueRefresh(RefreshToken token);
}
