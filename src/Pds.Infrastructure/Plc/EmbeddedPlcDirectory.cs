using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Plc;

/// <summary>A directory of this server's own, as strict as the public one. For the sandbox, tests and the tour: nobody else ever asks it.</summary>
internal sealed class EmbeddedPlcDirectory(PlcOperationStore store, IRepoGate gate, ISignatureVerifier verifier, TimeProvider time)
    : IPlcDirectory, IPlcArchive
{
    public async Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct)
    {
        PlcConstraints.Ensure(operation);
        using var turn = await gate.EnterAsync($"plc:{did}", ct);

        var (log, now) = (store.Load(did), time.GetUtcNow());
        var acceptance = log.Check(operation, now, verifier);
        PlcRateLimit.Ensure(log, acceptance, now);
        await store.AddAsync(did, operation, acceptance.Nullified, now);
    }

    public Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct) => Task.FromResult(store.Load(did).Data?.ToDocument());

    public Task<PlcLog?> FindLogAsync(Did did, CancellationToken ct)
    {
        var log = store.Load(did);
        return Task.FromResult(log.Entries.Count > 0 ? log : null);
    }

    public Task<IReadOnlyList<PlcExport>> ExportAsync(DateTimeOffset after, int limit, CancellationToken ct) =>
        Task.FromResult(store.Export(after, limit));
}
