using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.Application.Errors;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Asks the service whose answer is being completed for what only it knows, in the caller's name. All that is asked for one answer has a few seconds.</summary>
internal sealed class ServiceLookup(ServiceProxy proxy, TimeProvider time) : IDisposable
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private CancellationTokenSource? _deadline;

    /// <summary>What it answers; null where it refuses, fails, says something that is no JSON object, or takes too long.</summary>
    /// <param name="unseen">For whom, and whom to ask.</param>
    /// <param name="method">What.</param>
    /// <param name="query">The parameters, encoded.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task<JsonObject?> AskAsync(Unseen unseen, Nsid method, string query, CancellationToken ct)
    {
        _deadline ??= new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _deadline.Token);
        try
        {
            await using var answer = await proxy.LookUpAsync(unseen.Service, ProxyToken.For(unseen.Did, unseen.Service, method), query, either.Token);
            return JsonNode.Parse((await BoundedBody.ReadAsync(answer.Body, MaxBytes, either.Token)).Span) as JsonObject;
        }
        catch (Exception failure) when (failure is XrpcException or InvalidDataException or JsonException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => _deadline?.Dispose();
}
