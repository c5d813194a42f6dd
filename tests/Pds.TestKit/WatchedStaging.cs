using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>Staging that goes as ever, but for what a test does while it is under way.</summary>
public sealed class WatchedStaging(IRepoStaging inner, WatchedStaging.Watch watch) : IRepoStaging
{
    /// <summary>What the test does.</summary>
    public sealed class Watch
    {
        /// <summary>Done once, before some rows are added, and taken away when it is done.</summary>
        public Func<Task>? Meanwhile { get; set; }

        /// <summary>Whether nothing can be removed, as on a disk that is full.</summary>
        public bool IsFull { get; set; }
    }

    public Task<long> BeginAsync(CancellationToken ct) => inner.BeginAsync(ct);

    public async Task AddAsync(long number, Tid rev, IReadOnlyList<Block> nodes, IReadOnlyList<RecordChange> records, CancellationToken ct)
    {
        if (watch.Meanwhile is { } meanwhile)
        {
            watch.Meanwhile = null;
            await meanwhile();
        }

        await inner.AddAsync(number, rev, nodes, records, ct);
    }

    public void Put(RepoReplacement replacement) => inner.Put(replacement);

    public Task<IReadOnlyList<long>> ListLeftAsync(CancellationToken ct) => inner.ListLeftAsync(ct);

    public Task<bool> RemoveSomeAsync(long number, CancellationToken ct) =>
        watch.IsFull ? throw XrpcException.NotEnoughResources("The disk of the test is full") : inner.RemoveSomeAsync(number, ct);
}
