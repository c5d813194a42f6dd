using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Maintenance;
using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Maintenance;

public sealed class FinishAccountRemovalsTests(FinishAccountRemovalsTests.Interrupted pds) : IClassFixture<FinishAccountRemovalsTests.Interrupted>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Removes_what_was_left_however_far_it_had_come(int steps)
    {
        var alice = await FilledAsync();

        pds.StepsToFailure.Value = steps;
        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok(); // which it is, to everybody
        (await alice.GetAsync("com.atproto.server.getSession")).Refused(403, "AccountNotFound");
        (await pds.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Refused(400, "RepoNotFound");
        Assert.Contains("repo_removal.did", DatabaseWalk.ColumnsWith(pds.Data, alice.Did.Value));
        Assert.True(pds.BlobFolder(alice).Exists);

        pds.StepsToFailure.Value = null;
        Assert.Equal(1, await pds.SendAsync(new FinishAccountRemovals()));

        Assert.Equal(0, await pds.SendAsync(new FinishAccountRemovals()));
        CheckGone(alice);
    }

    [Fact]
    public async Task Is_done_after_the_next_start()
    {
        var alice = await FilledAsync();
        pds.StepsToFailure.Value = 2;
        (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();
        pds.StepsToFailure.Value = null;

        await pds.RestartAsync();

        await Eventually.IsTrueAsync(() => !DatabaseWalk.ColumnsWith(pds.Data, alice.Did.Value).Contains("repo_removal.did"));
        CheckGone(alice);
    }

    private async Task<Actor> FilledAsync()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(30);
        await alice.PublishBlobAsync("a file");
        return alice;
    }

    private void CheckGone(Actor actor)
    {
        Assert.Equal(["plc_operation.did", "repo_event.did", "repo_event.frame"], DatabaseWalk.ColumnsWith(pds.Data, actor.Did.Value));
        Assert.Equal(1, DatabaseWalk.Count(pds.Data, "repo_event", "did = @0", actor.Did.Value));
        Assert.Equal(0, DatabaseWalk.Count(pds.Data, "repo_record", "path LIKE @0", "com.example.%"));
        Assert.False(pds.BlobFolder(actor).Exists);
    }

    /// <summary>How many more steps succeed; null for all.</summary>
    public sealed class Budget
    {
        public int? Value { get; set; }
    }

    /// <summary>Removals break off as they do on a full disk.</summary>
    public sealed class Interrupted : PdsFixture
    {
        public Budget StepsToFailure { get; } = new();

        public DirectoryInfo BlobFolder(Actor actor) => BlobFile(actor, "any").Directory!;

        protected override void Adjust(WebApplicationBuilder builder) =>
            builder.Services.Decorate<IAccountEraser>(inner => new InterruptedEraser(inner, StepsToFailure));
    }

    private sealed class InterruptedEraser(IAccountEraser inner, Budget budget) : IAccountEraser
    {
        public void Erase(Did did) => inner.Erase(did);

        public Task<IReadOnlyList<Did>> ListDueAsync(DateTimeOffset moment, int limit, CancellationToken ct) => inner.ListDueAsync(moment, limit, ct);

        public Task<IReadOnlyList<Did>> ListUnfinishedAsync(CancellationToken ct) => inner.ListUnfinishedAsync(ct);

        public Task<bool> IsUnfinishedAsync(Did did, CancellationToken ct) => inner.IsUnfinishedAsync(did, ct);

        public Task<bool> RemoveSomeAsync(Did did, CancellationToken ct) =>
            budget.Value-- <= 0 ? throw new IOException("The disk of the test is full") : inner.RemoveSomeAsync(did, ct);

        public Task FinishAsync(Did did, CancellationToken ct) => inner.FinishAsync(did, ct);
    }
}
