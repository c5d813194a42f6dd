using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>Gives a request its code, and remembers what was consented to.</summary>
internal sealed class Acceptance(OpenRequests open, AuthorizationCodes codes, IOAuthSessionStore sessions, TimeProvider time)
{
    /// <param name="scopes">What is granted, of what was asked for.</param>
    public async Task<AuthorizationResponse> AcceptAsync(PushedRequest request, DeviceId device, Did account, ScopeSet scopes, CancellationToken ct)
    {
        var given = ScopeSet.Parse(await sessions.FindConsentAsync(account, request.Client, ct));
        if (!scopes.IsWithin(given)) await sessions.PutConsentAsync(account, request.Client, $"{given} {scopes}".Trim(), ct);

        var code = codes.For(request.Id);
        var accepted = request with
        {
            Device = device,
            Account = account,
            CodeHash = AuthorizationCode.HashOf(code),
            Parameters = request.Parameters with { Scope = scopes.ToString() },
        };
        await open.KeepAsync(accepted, ct);
        return open.Answer(accepted, ("code", code.Reveal()));
    }

    /// <summary>The same answer for who has accepted already, in the same browser: a button that is pressed twice. Null where the code is void by now, or somebody else asks.</summary>
    public AuthorizationResponse? Repeat(PushedRequest request, DeviceId device, Did account)
    {
        if (request.Account != account || request.Device != device || request.ExpiresAt <= time.GetUtcNow()) return null;
        var code = codes.For(request.Id);
        return AuthorizationCode.HashOf(code).Span.SequenceEqual(request.CodeHash!.Value.Span) ? open.Answer(request, ("code", code.Reveal())) : null; // not after the secret was changed
    }
}
