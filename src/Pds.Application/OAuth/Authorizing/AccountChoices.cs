using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>What is still to be asked of the owners of a browser's accounts.</summary>
internal sealed class AccountChoices(IAccountStore accounts, IOAuthSessionStore sessions, TimeProvider time)
{
    /// <summary>Those of the accounts that can be used.</summary>
    public async Task<IReadOnlyList<AccountChoice>> ListAsync(PushedRequest request, IReadOnlyList<DeviceAccount> signedIn, CancellationToken ct)
    {
        var choices = new List<AccountChoice>();
        foreach (var account in signedIn)
        {
            if (await accounts.FindAsync(account.Did, ct) is { IsActive: true } one)
                choices.Add(new AccountChoice(one.Did, one.ShownHandle, NeedsSignIn(request, account), await NeedsConsentAsync(request, one.Did, ct)));
        }

        return choices;
    }

    /// <summary>Whether its password was entered too long ago for this request. What was entered since the client asked is never too old for it, or <c>max_age=0</c> had no answer.</summary>
    public bool NeedsSignIn(PushedRequest request, DeviceAccount account)
    {
        var (parameters, age) = (request.Parameters, time.GetUtcNow() - account.SignedInAt);
        return (account.SignedInAt < request.PushedAt && (parameters.Prompt == Prompt.Login || age > parameters.MaxAge)) || age > DeviceSignIn.Lifetime;
    }

    /// <summary>What to show for the hint that a client gave: people know their handles, not their DIDs.</summary>
    public async Task<string?> FindHintAsync(AtIdentifier? hint, CancellationToken ct) =>
        hint?.Did is { } did && await accounts.FindAsync(did, ct) is { Handle: { } handle } ? handle.Value : hint?.ToString();

    private async Task<bool> NeedsConsentAsync(PushedRequest request, Did did, CancellationToken ct) =>
        request.Parameters.Prompt == Prompt.Consent
        || await sessions.FindConsentAsync(did, request.Client, ct) is not { } given
        || !request.Parameters.Scopes.IsWithin(ScopeSet.Parse(given));
}
