using MediatR;
using Pds.Api.Auth;
using Pds.Application.OAuth;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages;

/// <summary>Sends the requests of pages, which are those of XRPC, as the account that is signed in.</summary>
/// <remarks>Each in a scope of its own: a page may send several, and what a refused one has buffered must not be saved with the next.</remarks>
internal sealed class PageRequests(HttpCaller caller, IServiceScopeFactory scopes)
{
    /// <summary>From now on the account calls, as in a session that began with its own password.</summary>
    public void ActAs(Account account) => (caller.Account, caller.Permissions) = (account, Permissions.All);

    public async Task<TOutput> SendAsync<TOutput>(IRequest<TOutput> request, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var inner = scope.ServiceProvider.GetRequiredService<HttpCaller>();
        (inner.Account, inner.Permissions) = (caller.Account, caller.Permissions);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
