using Microsoft.AspNetCore.Mvc;
using Pds.Application.OAuth.Consent;
using Pds.Application.OAuth.Grants;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/apps</c>: the apps that were let in, what they may do, and ending that.</summary>
internal sealed class AppsModel(TimeProvider time) : AccountPage
{
    public IReadOnlyList<(ListGrants.Grant Grant, IReadOnlyList<ConsentGroup> Permissions)> List { get; private set; } = [];

    public DateTimeOffset Now => time.GetUtcNow();

    public Task<IActionResult> OnPostRevokeAsync(string? grant) => DoAsync(() => SendAsync(new RevokeGrant(grant ?? "")), Texts.AppRevoked);

    protected override async Task LoadAsync()
    {
        var list = new List<(ListGrants.Grant, IReadOnlyList<ConsentGroup>)>();
        foreach (var grant in await SendAsync(new ListGrants())) list.Add((grant, await SendAsync(new DescribeScopes(grant.Scope, ReaderLanguages.Of(Request)))));
        List = list;
    }
}
