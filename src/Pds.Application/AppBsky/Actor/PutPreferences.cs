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

/// <summary><c>app.bsky.actor.putPreferences</c>: what the caller likes to have so in his apps, all of it at once.</summary>
/// <remarks>What an app password does not get to see stays as it is. How much may be kept is what fits into one request.</remarks>
public sealed record PutPreferences(IReadOnlyList<JsonElement> Preferences) : ICommand<Unit>, IRepoCommand
{
    private static readonly Nsid Method = Nsid.Parse("app.bsky.actor.putPreferences");

    internal sealed class Handler(AccountGate accounts, PreferenceAccess access, PreferenceForm form, IPreferenceStore preferences) : IRequestHandler<PutPreferences, Unit>
    {
        public async Task<Unit> Handle(PutPreferences command, CancellationToken ct)
        {
            access.Demand(Method);
            var account = await accounts.RequireCallerAsync(ct);
            var put = form.Read(command.Preferences);
            var hidden = access.IsFull ? [] : put.Where(preference => preference.IsPersonal).ToList();
            if (hidden.Count > 0) throw XrpcException.InvalidRequest($"Do not have authorization to set preferences: {string.Join(", ", hidden.Select(preference => preference.Type))}");

            var untouched = access.IsFull ? [] : (await preferences.ListAsync(account.Did, ct)).Where(preference => preference.IsPersonal);
            preferences.Replace(account.Did, [.. untouched, .. put.Where(preference => !preference.IsComputed)]);

            return Unit.Value;
        }
    }
}
