using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Repo;

namespace Pds.Application.Repo.Importing;

/// <summary>A whole repo, written in small saves between which others write. Disposed, it leaves nothing but the repo that is in place, whichever that is.</summary>
internal sealed class StagedRepo : IAsyncDisposable
{
    /// <summary>The most rows and bytes that one save writes.</summary>
    private const int MaxRows = 500;
    private const int MaxBytes = 1024 * 1024;

    private readonly IRepoStaging _staging;
    private readonly RepoReplacement _replacement;
    private readonly IDisposable _turn;
    private readonly List<Block> _nodes = [];
    private readonly List<RecordChange> _records = [];
    private long _bytes;

    private StagedRepo(IRepoStaging staging, RepoReplacement replacement, IDisposable turn) => (_staging, _replacement, _turn) = (staging, replacement, turn);

    /// <summary>Whoever writes a staged repo or removes one that is nobody's holds this turn.</summary>
    public static string ClaimOn(long number) => $"repo:{number}";

    public static async Task<StagedRepo> WriteAsync(IRepoStaging staging, IRepoGate gate, Commit commit, ImportedBlocks blocks, CancellationToken ct)
    {
        var number = await staging.BeginAsync(ct);
        var turn = await gate.EnterAsync(ClaimOn(number), ct);
        var staged = new StagedRepo(staging, new RepoReplacement(commit.Did, blocks.Present, number, commit), turn);
        try
        {
            await staged.AddAllAsync(blocks, ct);
            return staged;
        }
        catch
        {
            await staged.DisposeAsync();
            throw;
        }
    }

    /// <summary>Buffers the step that makes it the account's repo.</summary>
    public void Put() => _staging.Put(_replacement);

    public async ValueTask DisposeAsync()
    {
        try
        {
            // One of the two is nobody's by now, and the other is not touched.
            await RemoveAsync(_replacement.Number);
            if (_replacement.Before is { } before) await RemoveAsync(before.Id);
        }
        catch (XrpcException full) when (full.Kind == XrpcErrorKind.NotEnoughResources)
        {
            // It is written down as nobody's, and goes when there is room again.
        }
        finally
        {
            _turn.Dispose();
        }
    }

    private async Task AddAllAsync(ImportedBlocks blocks, CancellationToken ct)
    {
        foreach (var (block, path) in RepoImport.PreOrder(_replacement.Commit.Data, blocks))
        {
            if (path is null) _nodes.Add(block);
            else _records.Add(ImportedRecords.ChangeOf(path, block));
            _bytes += block.Bytes.Length;
            if (_nodes.Count + _records.Count >= MaxRows || _bytes >= MaxBytes) await FlushAsync(ct);
        }

        await FlushAsync(ct);
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await _staging.AddAsync(_replacement.Number, _replacement.Commit.Rev, _nodes, _records, ct);
        _nodes.Clear();
        _records.Clear();
        _bytes = 0;
    }

    private async Task RemoveAsync(long number)
    {
        while (await _staging.RemoveSomeAsync(number, CancellationToken.None))
        {
            // Others write in between.
        }
    }
}
