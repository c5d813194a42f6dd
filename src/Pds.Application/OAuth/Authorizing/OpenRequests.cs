using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>The requests that browsers have open: whether one may still be answered, and the answers.</summary>
internal sealed class OpenRequests(IOAuthRequestStore requests, IRepoGate gate, IUnitOfWork unitOfWork, ServiceOptions service, TimeProvider time)
{
    /// <summary>What whoever changes a request holds the turn of; after the account's, where both are held.</summary>
    public ValueTask<IDisposable> EnterAsync(RequestUri id, CancellationToken ct) => gate.EnterAsync($"authorization:{id}", ct);

    /// <exception cref="OAuthException">invalid_request: there is none.</exception>
    public async Task<PushedRequest> RequireAsync(RequestUri id, CancellationToken ct) =>
        await requests.FindAsync(id, ct) ?? throw OAuthException.InvalidRequest("Unknown request_uri");

    /// <summary>Why a browser may not go on with a request; null where it may.</summary>
    /// <param name="client">The client that the browser came for; null where that is not said.</param>
    public string? FaultOf(PushedRequest request, DeviceId device, ClientId? client = null)
    {
        if (request.Account is not null) return "This request was already authorized";
        if (request.ExpiresAt <= time.GetUtcNow()) return "This request has expired";
        if (client is not null && client != request.Client) return "This request was initiated for another client";
        return request.Device is { } first && first != device ? "This request was initiated from another device" : null;
    }

    /// <summary>Keeps what has become of a request. It waits for the user's next step from now on.</summary>
    public async Task KeepAsync(PushedRequest request, CancellationToken ct)
    {
        await requests.UpdateAsync(request with { ExpiresAt = time.GetUtcNow() + (request.Account is null ? PushedRequest.Lifetime : AuthorizationCode.Lifetime) }, ct);
        await unitOfWork.SaveChangesAsync(ct);
    }

    /// <summary>Ends a request, and answers the client with an error (RFC 6749 §4.1.2.1). One that was accepted is the client's to end: a page that is loaded again takes no code away.</summary>
    public async Task<AuthorizationResponse> RefuseAsync(PushedRequest request, string error, string description, CancellationToken ct)
    {
        if (request.Account is null)
        {
            await requests.RemoveAsync(request.Id, ct);
            await unitOfWork.SaveChangesAsync(ct);
        }

        return Answer(request, ("error", error), ("error_description", description));
    }

    /// <summary>The answer to the client; it says who answers (RFC 9207).</summary>
    public AuthorizationResponse Answer(PushedRequest request, params ReadOnlySpan<(string Name, string Value)> result)
    {
        var parameters = new List<KeyValuePair<string, string>> { KeyValuePair.Create("iss", service.PublicUrl) };
        if (request.Parameters.State is { } state) parameters.Add(KeyValuePair.Create("state", state));
        foreach (var (name, value) in result) parameters.Add(KeyValuePair.Create(name, value));
        return new AuthorizationResponse(request.Parameters.RedirectUri!, request.Parameters.ResponseMode, parameters);
    }
}
