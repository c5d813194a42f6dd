using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Which handles an identity may have, whether anybody has them or not.</summary>
internal sealed class HandleRules(HandlePolicy handles, IIdentityResolver identities)
{
    /// <param name="did">Who would have it.</param>
    /// <param name="handle">A name of this server's, or of a domain that says, now, that it is <paramref name="did"/>'s.</param>
    /// <param name="allowReserved">For an administrator, who may hand out what is reserved.</param>
    /// <param name="ct">Ends the wait for the network.</param>
    /// <exception cref="XrpcException">InvalidHandle, HandleNotAvailable; InvalidRequest: the domain says otherwise.</exception>
    public async Task RequireAsync(Did did, Handle handle, bool allowReserved, CancellationToken ct)
    {
        if (handles.Check(handle, allowReserved) is { } refusal) throw XrpcException.HandleRefused(refusal.Name, refusal.Message);
        if (!handles.IsServed(handle) && await identities.RefreshHandleAsync(handle, ct) != did)
            throw XrpcException.InvalidRequest("External handle did not resolve to DID");
    }
}
