using System.Text.Json;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.AppBsky.Actor.Preferences;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.AppBsky.Actor;

/// <summary><c>app.bsky.actor.getPreferences</c>: what the caller likes to have so in his apps.</summary>
/// <remarks>Through an app password everything but when he was born; how old he says that he is, every app may know.</remarks>
/// <param name="Did">Whose, where the operator's moderation service asks; an account that calls is asked about itself.</param>
public sealed record GetPreferences(Did? Did = null) : IQuery<GetPreferences.Output>
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.actor.getPreferences");

    public sealed record Output(IReadOnlyList<JsonElement> Preferences);

    internal sealed class Handler(ICaller caller, PreferenceAccess access, IAccountStore accounts, IPreferenceStore preferences, TimeProvider time) : IRequestHandler<GetPreferences, Output>
    {
        public async Task<Output> Handle(GetPreferences query, CancellationToken ct)
        {
            access.Demand(Method);
            var isModerator = caller.ServiceIssuer is not null;
            var did = isModerator ? await RequireNamedAsync(query.Did, ct) : caller.RequireDid();

            var kept = await preferences.ListAsync(did, ct);
            var shown = kept.Append(DeclaredAge.Of(kept, time.GetUtcNow())).OfType<Preference>();
            if (!isModerator && !access.IsFull) shown = shown.Where(preference => !preference.IsPersonal);

            return new Output([.. shown.Select(preference => JsonElement.Parse(preference.Json))]);
        }

        private async Task<Did> RequireNamedAsync(Did? did, CancellationToken ct)
        {
            if (did is null) throw XrpcException.InvalidRequest("Invalid or missing did parameter");
            return await accounts.FindAsync(did, ct) is null ? throw XrpcException.NotFound("Repo not found") : did;
        }
    }
}
