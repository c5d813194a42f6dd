using Pds.Application.Accounts;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Checks;

/// <summary>Finds out which client asks, and has confidential ones prove it: <c>private_key_jwt</c>, a JWT that one of the client's published keys has signed (RFC 7523 §3).</summary>
internal sealed class ClientAuthentication(IClientDocuments documents, ServiceOptions service, IJwkVerifier verifier, UsedAssertions used, TimeProvider time)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private const int MaxLength = 8 * 1024;
    private const int MaxAudiences = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <param name="form">The body of the request.</param>
    /// <param name="proof">The DPoP proof that came along, or null.</param>
    /// <param name="ct">Ends the wait for the client's documents.</param>
    /// <exception cref="OAuthException">invalid_client; invalid_client_id, invalid_client_metadata, invalid_redirect_uri; invalid_request: one key for both.</exception>
    public async Task<AuthenticatedClient> AuthenticateAsync(OAuthForm form, DpopProof? proof, CancellationToken ct)
    {
        var metadata = await documents.FindAsync(form.RequireClient(), ct);
        if (!metadata.IsConfidential) return new AuthenticatedClient(metadata, Key: null);

        var key = await VerifyAsync(metadata, form, ct);
        if (proof?.Key.Thumbprint == key.Thumbprint) throw OAuthException.InvalidRequest("The DPoP proof must be signed with a different key than the client assertion");
        return new AuthenticatedClient(metadata, key);
    }

    private async Task<ClientKey> VerifyAsync(ClientMetadata client, OAuthForm form, CancellationToken ct)
    {
        if (form.Find("client_assertion") is not { } text) throw Refused("client authentication method \"private_key_jwt\" required a \"client_assertion\"");
        if (form.Find("client_assertion_type") != AssertionType) throw Refused($"Unsupported client_assertion_type \"{form.Find("client_assertion_type")}\"");
        if (!Jws.TryParse(text, MaxLength, out var assertion) || !assertion.HasClaims) throw Invalid("Invalid JWT");
        if (assertion.HeaderText("kid") is not { Length: > 0 } kid) throw Refused("\"kid\" required in client_assertion");
        if (assertion.Header("crit") is not null) throw Invalid("Extension Header Parameter is not recognized");

        var key = (await documents.FindKeysAsync(client, kid, ct)).FirstOrDefault(one => one.Id == kid && one.Allows(assertion.Algorithm)) ?? throw Invalid("no applicable key found in the JSON Web Key Set");
        if (!assertion.IsSignedBy(key, verifier)) throw Invalid("signature verification failed");
        CheckClaims(client, assertion);
        return new ClientKey(kid, assertion.Algorithm, key.Thumbprint);
    }

    private void CheckClaims(ClientMetadata client, Jws assertion)
    {
        if (assertion.Text("iss") != client.Id.Value) throw Invalid("unexpected \"iss\" claim value");
        if (assertion.Text("sub") != client.Id.Value) throw Invalid("unexpected \"sub\" claim value");
        if (assertion.Texts("aud", MaxAudiences)?.Contains(service.PublicUrl) != true) throw Invalid("unexpected \"aud\" claim value");
        CheckTime(assertion);
        if (assertion.Text("jti") is not { Length: > 0 } id) throw Invalid("missing required \"jti\" claim");

        switch (used.Use($"{client.Id} {id}", time.GetUtcNow() + Lifetime + (2 * Skew)))
        {
            case Use.Again: throw Refused("private_key_jwt jti reused");
            case Use.Full: throw OAuthException.TemporarilyUnavailable("Too many client assertions at once. Try again in a minute.");
        }
    }

    private void CheckTime(Jws assertion)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (assertion.Number("iat") is not { } issuedAt) throw Invalid("missing required \"iat\" claim");
        if (issuedAt > now + Skew.TotalSeconds) throw Invalid("\"iat\" claim timestamp check failed (it should be in the past)");
        if (issuedAt < now - (Lifetime + Skew).TotalSeconds) throw Invalid("\"iat\" claim timestamp check failed (too far in the past)");
        if (assertion.Claim("exp") is not null && !(assertion.Number("exp") > now - Skew.TotalSeconds)) throw Invalid("\"exp\" claim timestamp check failed");
        if (assertion.Claim("nbf") is not null && !(assertion.Number("nbf") < now + Skew.TotalSeconds)) throw Invalid("\"nbf\" claim timestamp check failed");
    }

    private static OAuthException Invalid(string fault) => Refused($"Validation of \"client_assertion\" failed: {fault}");

    private static OAuthException Refused(string description) => OAuthException.InvalidClient(description);
}
