using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Proxying;
using Pds.Domain.Identity;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Actor.Preferences;

/// <summary>Who may see and change preferences. They are the AppView's methods, which this server answers in its place, so an app needs to be allowed to call it.</summary>
internal sealed class PreferenceAccess(ICaller caller, ServiceRoutes routes, ServiceOptions service)
{
    /// <summary>Whether what is personal is shown too: to whoever has the account's own password, and to moderators.</summary>
    public bool IsFull => caller.Permissions.IsFull;

    /// <exception cref="XrpcException">ScopeMissingError.</exception>
    public void Demand(Nsid method) => caller.Permissions.Demand(RpcScope.Of(method, routes.AppView?.Service ?? DidReference.Of(service.Did)));
}
