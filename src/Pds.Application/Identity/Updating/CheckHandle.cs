using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity.Updating;

/// <summary>Whether the caller's account could take a handle now, and if not, what is in the way, as <see cref="HandleChange"/> would find it. Nothing changes.</summary>
/// <exception cref="Errors.XrpcException">As of <see cref="UpdateHandle"/>, where the name belongs to another identity of this server's.</exception>
public sealed record CheckHandle(Handle Handle) : IQuery<CheckHandle.Output>
{
    /// <param name="IsOwnDomain">Whether it is of another domain than this server's, whose owner must say whose it is.</param>
    /// <param name="Found">Whose it says it is, where that is somebody else.</param>
    /// <param name="Reason">Why this server does not let it in, where that is in the way.</param>
    public sealed record Output(HandleReadiness State, bool IsOwnDomain, Did? Found = null, string? Reason = null);

    internal sealed class Handler(ICaller caller, HandlePolicy handles, HostedDidWeb didWeb, IAccountStore accounts, IIdentityResolver identities)
        : IRequestHandler<CheckHandle, Output>
    {
        public async Task<Output> Handle(CheckHandle query, CancellationToken ct)
        {
            var (did, isOwnDomain) = (caller.RequireDid(), !handles.IsServed(query.Handle));
            if (handles.Check(query.Handle) is { } refusal) return new Output(HandleReadiness.Refused, isOwnDomain, Reason: refusal.Message);
            await didWeb.RequireNoOthersAsync(query.Handle, did, ct);
            if (await accounts.FindAsync(query.Handle, ct) is { } holder && holder.Did != did) return new Output(HandleReadiness.Taken, isOwnDomain);
            if (!isOwnDomain) return new Output(HandleReadiness.Ready, IsOwnDomain: false);

            var found = await identities.RefreshHandleAsync(query.Handle, ct);
            var state = found is null ? HandleReadiness.PointsNowhere : found == did ? HandleReadiness.Ready : HandleReadiness.PointsElsewhere;
            return new Output(state, IsOwnDomain: true, state == HandleReadiness.PointsElsewhere ? found : null);
        }
    }
}
