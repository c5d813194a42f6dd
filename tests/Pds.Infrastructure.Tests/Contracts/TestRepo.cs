using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Writes commits of one repo through the stores, as the server does, one after the other.</summary>
internal sealed class TestRepo(IDatabaseFixture database, Did did)
{
    private readonly ISigningKey _key = database.Services.GetRequiredService<IKeyFactory>().Import(PrivateKey.Generate(Curve.P256));
    private ulong _rev;

    /// <summary>What was told to have lost its last mention.</summary>
    public List<Cid> Orphans { get; } = [];

    public static Block Record(int number) => Block.Of(DagCborWriter.Encode(new LexInteger(number)));

    public static Cid Blob(int number) => Cid.Of(CidCodec.Raw, [(byte)number]);

    public static Write Put(string path, int number, params Cid[] blobs) => new(RecordPath.Parse(path), Record(number), blobs);

    public static Write Delete(string path) => new(RecordPath.Parse(path), null, []);

    public StoredRepo? Find()
    {
        using var snapshot = database.Services.GetRequiredService<IBlockStore>().OpenSnapshot(did);
        return snapshot?.Repo;
    }

    /// <summary>One commit, saved.</summary>
    public async Task<RepoChange> CommitAsync(params Write[] writes)
    {
        var commit = Prepare(writes);
        await SaveAsync(commit);
        return commit.Change;
    }

    /// <summary>One commit upon the repo as it is now, not saved yet.</summary>
    public RepoCommit Prepare(params Write[] writes)
    {
        var before = Find();
        return new RepoCommit(did, before, Change(before, writes), [.. writes.Select(ChangeOf)])
        {
            OnBlobsOrphaned = (orphans, _) =>
            {
                Orphans.AddRange(orphans);
                return Task.CompletedTask;
            },
        };
    }

    public async Task SaveAsync(RepoCommit commit)
    {
        await using var scope = database.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IRepoStore>().Save(commit);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    private RepoChange Change(StoredRepo? before, Write[] writes)
    {
        using var snapshot = before is null ? null : database.Services.GetRequiredService<IBlockStore>().OpenSnapshot(did);
        var tree = before is null ? MstTree.Empty : MstTree.Load(before.Head.Data, snapshot!);
        return RepoDiff.Of(tree, [.. writes.Select(write => new RecordWrite(write.Path, write.Record))])
            .Sign(before?.Head, did, new Tid(++_rev << 10), _key);
    }

    private static RecordChange ChangeOf(Write write) => new(write.Path, write.Record, write.Subject, write.Blobs);

    public sealed record Write(RecordPath Path, Block? Record, Cid[] Blobs, string? Subject = null);
}
