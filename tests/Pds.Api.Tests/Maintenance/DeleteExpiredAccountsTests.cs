using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Maintenance;
using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Maintenance;

public sealed class DeleteExpiredAccountsTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    [Fact]
    public async Task Deletes_a_deactivated_account_once_its_date_has_come_and_no_other()
    {
        var (leaving, resting, active) = (await pds.SignUpAsync("leaving"), await pds.SignUpAsync("resting"), await pds.SignUpAsync("active"));
        await DeactivateAsync(leaving, TimeSpan.FromDays(3));
        (await resting.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        pds.Time.Advance(TimeSpan.FromDays(2.9));
        await pds.SendAsync(new DeleteExpiredAccounts()); // and whatever other tests have left
        Assert.Equal("deactivated", await StatusAsync(leaving));

        pds.Time.Advance(TimeSpan.FromDays(0.2));
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        Assert.Equal(1, await pds.SendAsync(new DeleteExpiredAccounts()));
        Assert.Equal(0, await pds.SendAsync(new DeleteExpiredAccounts()));

        var told = await firehose.NextAsync();
        Assert.Equal(("#account", leaving.Did.Value, "deleted"), (told.Type, told.Did, told.Body.Text("status")));
        Assert.Null(await StatusAsync(leaving));
        Assert.Equal("deactivated", await StatusAsync(resting));
        Assert.Equal("active", await StatusAsync(active));
    }

    [Fact]
    public async Task One_that_moves_in_and_is_never_activated_goes_after_three_days_and_nobody_hears_of_it()
    {
        var mover = await pds.TakeInAsync(await Stranger.PublishAsync(pds), "abandoned.test");

        pds.Time.Advance(TimeSpan.FromDays(2.9));
        await pds.SendAsync(new DeleteExpiredAccounts());
        Assert.Equal("deactivated", await StatusAsync(mover));
        pds.Time.Advance(TimeSpan.FromDays(0.2));
        await using var firehose = await FirehoseReader.ListenAsync(pds);
        await pds.SendAsync(new DeleteExpiredAccounts());

        Assert.Null(await StatusAsync(mover));
        Assert.Single((await pds.LogOfAsync(mover.Did)).Entries); // the identity goes on, elsewhere
        var bob = await pds.SignUpAsync("bob");
        Assert.Equal(bob.Did.Value, (await firehose.NextAsync()).Did);
    }

    [Fact]
    public async Task One_that_moves_in_stays_while_its_identity_names_this_server_for_it_may_be_all_that_is_left()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var mover = await pds.TakeInAsync(stranger, "unfinished.test");
        await stranger.MoveAsync((await pds.LogOfAsync(stranger.Did)).Last!.State!.WithPds(new Uri(pds.Url)));

        pds.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(0, await pds.SendAsync(new DeleteExpiredAccounts()));
        Assert.Equal("deactivated", await StatusAsync(mover));

        await stranger.MoveAsync((await pds.LogOfAsync(stranger.Did)).Last!.State!.WithPds(new Uri("https://elsewhere.example.com")));
        pds.Time.Advance(TimeSpan.FromDays(1.1)); // it is looked at once a day
        await pds.SendAsync(new DeleteExpiredAccounts());
        Assert.Null(await StatusAsync(mover));
    }

    [Fact]
    public async Task One_that_moves_in_and_cannot_be_resolved_stays_for_a_month()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var mover = await pds.TakeInAsync(stranger, "lostsight.test");
        await stranger.EndAsync();

        pds.Time.Advance(TimeSpan.FromDays(20));
        await pds.SendAsync(new DeleteExpiredAccounts());
        Assert.Equal("deactivated", await StatusAsync(mover));

        pds.Time.Advance(TimeSpan.FromDays(11));
        await pds.SendAsync(new DeleteExpiredAccounts());
        Assert.Null(await StatusAsync(mover));
    }

    [Fact]
    public async Task The_last_date_counts()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await DeactivateAsync(alice, TimeSpan.FromHours(1));
        await DeactivateAsync(alice, TimeSpan.FromHours(5));
        await DeactivateAsync(bob, TimeSpan.FromHours(1));
        (await bob.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok(); // for good, but not to be deleted

        pds.Time.Advance(TimeSpan.FromHours(2));
        await pds.SendAsync(new DeleteExpiredAccounts());

        Assert.Equal(("deactivated", "deactivated"), (await StatusAsync(alice), await StatusAsync(bob)));
    }

    [Fact]
    public async Task One_that_was_activated_in_time_stays()
    {
        var alice = await pds.SignUpAsync();
        await DeactivateAsync(alice, TimeSpan.FromHours(1));
        (await alice.PostAsync("com.atproto.server.activateAccount")).Ok();

        pds.Time.Advance(TimeSpan.FromHours(2));
        await pds.SendAsync(new DeleteExpiredAccounts());
        (await (await alice.SignInAgainAsync()).PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        await pds.SendAsync(new DeleteExpiredAccounts());

        Assert.Equal("deactivated", await StatusAsync(alice)); // the old date is forgotten
    }

    [Fact]
    public async Task One_that_is_taken_down_stays_until_that_is_lifted()
    {
        var alice = await pds.SignUpAsync();
        await DeactivateAsync(alice, TimeSpan.FromHours(1));
        await pds.TakeDownAsync(alice.Did);
        pds.Time.Advance(TimeSpan.FromHours(2));

        await pds.SendAsync(new DeleteExpiredAccounts());
        Assert.Equal("takendown", await StatusAsync(alice));

        await pds.ExecuteAsync("UPDATE account SET takedown_ref = NULL WHERE did = @0", alice.Did.Value);
        await pds.SendAsync(new DeleteExpiredAccounts());
        Assert.Null(await StatusAsync(alice));
    }

    [Fact]
    public async Task A_date_that_has_passed_already_is_one_that_has_come()
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { deleteAfter = "0000-01-01T00:00:00Z" })).Ok();

        Assert.Equal(1, await pds.SendAsync(new DeleteExpiredAccounts()));
        Assert.Null(await StatusAsync(alice));
    }

    [Fact]
    public async Task An_activation_that_comes_first_wins()
    {
        var alice = await pds.SignUpAsync();
        await DeactivateAsync(alice, TimeSpan.FromHours(1));
        pds.Time.Advance(TimeSpan.FromHours(1.5));
        Task<int> job;
        using (await pds.Services.GetRequiredService<IRepoGate>().EnterAsync(alice.Did, CancellationToken.None))
        {
            job = Task.Run(() => pds.SendAsync(new DeleteExpiredAccounts()));
            await Task.Delay(50); // it has found that the time has come, and waits; if it has not yet, it will find that it has not
            await pds.ExecuteAsync("UPDATE account SET deactivated_at = NULL, delete_after = NULL WHERE did = @0", alice.Did.Value);
        }

        await job;
        Assert.Equal("active", await StatusAsync(alice));
    }

    [Fact]
    public async Task At_one_moment_with_an_activation_either_it_is_active_or_it_is_gone()
    {
        for (var round = 0; round < 6; round++)
        {
            var alice = await pds.SignUpAsync();
            await DeactivateAsync(alice, TimeSpan.FromHours(1));
            pds.Time.Advance(TimeSpan.FromHours(1.5));

            var job = Task.Run(() => pds.SendAsync(new DeleteExpiredAccounts()));
            var activation = await alice.PostAsync("com.atproto.server.activateAccount");
            var deleted = await job;

            if (activation.Error is null) Assert.Equal((0, "active"), (deleted, await StatusAsync(alice)));
            else Assert.Equal((1, "AccountNotFound", null), (deleted, activation.Error, await StatusAsync(alice)));
        }
    }

    private async Task DeactivateAsync(Actor actor, TimeSpan after) => (await actor.PostAsync(
        "com.atproto.server.deactivateAccount", new { deleteAfter = AtDatetime.Of(pds.Time.GetUtcNow() + after).Value })).Ok();

    /// <summary>Null for one that is not here.</summary>
    private async Task<string?> StatusAsync(Actor actor)
    {
        var answer = await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = actor.Did.Value });
        if (answer.Error == "RepoNotFound") return null;
        return answer.Ok().TryGetProperty("status", out var status) ? status.GetString() : "active";
    }
}
