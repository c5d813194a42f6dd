using System.Security.Cryptography;
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

        var code = codes.Of(request.Id);
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

    /// <summary>The answer that a browser was given a moment ago, for the same browser: whoever presses twice is let in once. Null where there was none, or it is too long ago.</summary>
    public AuthorizationResponse? FindAgain(PushedRequest request, DeviceId device)
    {
        if (request.Account is null || request.Device != device || time.GetUtcNow() > request.AcceptedAt + PushedRequest.Grace) return null;
        var code = codes.Of(request.Id);
        return CryptographicOperations.FixedTimeEquals(AuthorizationCode.HashOf(code).Span, request.CodeHash!.Value.Span)
            ? open.Answer(request, ("code", code.Reveal()))
            : null; // the operator changed the secret in this very minute
    }
}
