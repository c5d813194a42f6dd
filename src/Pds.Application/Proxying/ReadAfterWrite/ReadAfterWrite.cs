using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.OAuth.Scopes;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Asks the AppView, or the service that the caller names, and completes what it answers with what the caller has written and it has not seen yet.</summary>
internal sealed class ReadAfterWrite(ICaller caller, IIncomingCall incoming, ServiceRoutes routes, ServiceProxy proxy, UnseenRecords records, AnswerMemory memory)
{
    /// <param name="method">The one that was called.</param>
    /// <param name="complete">Puts in what is unseen, and takes out what is gone. Where it finds another shape than the lexicon's, the answer is passed on as it came.</param>
    /// <param name="ct">Ends the call.</param>
    /// <exception cref="XrpcException">As for every call that is passed on; what <paramref name="complete"/> refuses.</exception>
    public async Task<UpstreamAnswer> AskAsync(Nsid method, Func<JsonObject, Unseen, Task> complete, CancellationToken ct)
    {
        var route = RouteOf(method);
        caller.Permissions.Demand(RpcScope.Of(method, route.Service));

        var answer = await proxy.AskAsync(route, ProxyToken.For(caller.RequireDid(), route, method), ct);
        var mayComplete = answer.Status == 200 && incoming.Verb == "GET" && IsJson(answer.Header("content-type"));
        return mayComplete && await records.SinceAsync(caller.RequireAccount(), route, answer.Header(UpstreamAnswer.RepoRev), ct) is { } unseen
            ? await CompleteAsync(answer, unseen, complete, ct)
            : answer;
    }

    /// <summary>What the service that refused a call had not seen yet; null where it had seen all, or did not say.</summary>
    public ValueTask<Unseen?> FindUnseenAsync(Nsid method, XrpcException refusal, CancellationToken ct) => records.SinceAsync(caller.RequireAccount(), RouteOf(method), refusal.RepoRev, ct);

    private ServiceRoute RouteOf(Nsid method) => routes.Of(method, incoming.Header(ServiceRoutes.Header));

    private async Task<UpstreamAnswer> CompleteAsync(UpstreamAnswer answer, Unseen unseen, Func<JsonObject, Unseen, Task> complete, CancellationToken ct)
    {
        var held = new HeldAnswer(answer, memory);
        var isPassedOn = false;
        try
        {
            if (await held.ReadAsync(ct) is { } json && await TryAsync(json) is { } completed) return completed;

            isPassedOn = true;
            return held.Untouched;
        }
        finally
        {
            if (!isPassedOn) await held.LetGoAsync();
        }

        async Task<UpstreamAnswer?> TryAsync(JsonObject json)
        {
            try
            {
                await complete(json, unseen);
                return CompletedAnswer.Of(json, unseen.Lag, answer.Headers);
            }
            catch (Exception unexpected) when (unexpected is UnexpectedAnswerException or JsonException or InvalidOperationException or ArgumentException)
            {
                return null; // the last ones: the same field twice, half a character
            }
        }
    }

    private static bool IsJson(string? contentType) => contentType is null || contentType.Contains("json", StringComparison.OrdinalIgnoreCase);
}
