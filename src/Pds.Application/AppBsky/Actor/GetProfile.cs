using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Actor;

/// <summary><c>app.bsky.actor.getProfile</c>: an account as the AppView shows it, the caller's own as it is now.</summary>
public sealed record GetProfile(AtIdentifier Actor) : IQuery<UpstreamAnswer>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.actor.getProfile");

    internal sealed class Handler(ReadAfterWrite service, ProfileViews profiles) : IRequestHandler<GetProfile, UpstreamAnswer>
    {
        public Task<UpstreamAnswer> Handle(GetProfile query, CancellationToken ct) =>
            service.AskAsync(Method, async (profile, unseen) => await profiles.CompleteDetailedAsync(profile, unseen, ct), ct);
    }
}
