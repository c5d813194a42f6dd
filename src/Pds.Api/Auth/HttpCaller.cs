using Pds.Application.Accounts;
using Pds.Application.OAuth;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>The caller of the request that is being handled; filled in by <see cref="Authenticator"/> before anything else runs.</summary>
internal sealed class HttpCaller : ICaller
{
    public Account? Account { get; set; }

    public bool IsAdmin { get; set; }

    public Did? ServiceIssuer { get; set; }

    public Permissions Permissions { get; set; } = Permissions.None;

    public string? RefreshTokenId { get; set; }

    public void Renew(Account account) => Account = account;
}
