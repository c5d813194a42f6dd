using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Actor;

/// <summary><c>app.bsky.actor.getProfiles</c>: accounts as the AppView shows them, the caller's own as it is now.</summary>
public sealed record GetProfiles([property: Between(0, 25)] IReadOnlyList<AtIdentifier> Actors) : IQuery<UpstreamAnswer>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.actor.getProfiles");

    internal sealed class Handler(ReadAfterWrite service, ProfileViews profiles) : IRequestHandler<GetProfiles, UpstreamAnswer>
    {
        public Task<UpstreamAnswer> Handle(GetProfiles query, CancellationToken ct) => service.AskAsync(Method, async (answer, unseen) =>
        {
            foreach (var profile in answer.List("profiles").Objects()) await profiles.CompleteDetailedAsync(profile, unseen, ct);
        }, ct);
    }
}
