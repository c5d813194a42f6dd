using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class GetAccountInviteCodesTests(GetAccountInviteCodesTests.Earning pds) : IClassFixture<GetAccountInviteCodesTests.Earning>
{
    private const string GetAccountInviteCodes = "com.atproto.server.getAccountInviteCodes";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Somebody_new_has_none() => Assert.Empty(await CodesAsync(await pds.GuestAsync()));

    [Fact]
    public async Task Gives_what_was_earned_since_once_and_the_codes_work()
    {
        var alice = await pds.GuestAsync();
        pds.Time.Advance(2 * Day);
        alice = await alice.SignInAgainAsync();

        var codes = await CodesAsync(alice);

        Assert.Equal(2, codes.Count);
        Assert.All(codes, code =>
        {
            Assert.Matches(@"^localhost-[a-z2-7]{5}-[a-z2-7]{5}\z", code.GetProperty("code").GetString());
            Assert.Equal((1, alice.Did.Value, alice.Did.Value), (code.GetProperty("available").GetInt32(), code.GetProperty("forAccount").GetString(), code.GetProperty("createdBy").GetString()));
            Assert.Equal(["available", "code", "createdAt", "createdBy", "disabled", "forAccount", "uses"], code.EnumerateObject().Select(field => field.Name).Order());
        });
        Assert.Equal(Names(codes), Names(await CodesAsync(alice)));
        (await pds.SignUpWithAsync(Names(codes)[0])).Ok();
    }

    [Fact]
    public async Task Gives_none_that_it_is_not_asked_to_make()
    {
        var alice = await OldAsync();

        Assert.Empty(await CodesAsync(alice, createAvailable: false));
        Assert.Equal(5, (await CodesAsync(alice)).Count);
    }

    [Fact]
    public async Task Says_who_used_a_code_and_leaves_used_ones_out_on_demand()
    {
        var alice = await OldAsync();
        var code = Names(await CodesAsync(alice))[0];
        var guest = (await pds.SignUpWithAsync(code)).Ok().GetProperty("did").GetString();

        var listed = (await CodesAsync(alice, createAvailable: false)).Single(one => one.GetProperty("code").GetString() == code);
        var open = await CodesAsync(alice, includeUsed: false, createAvailable: false);

        Assert.Equal(guest, Assert.Single(listed.GetProperty("uses").EnumerateArray()).GetProperty("usedBy").GetString());
        Assert.Equal(4, open.Count);
        Assert.DoesNotContain(code, Names(open));
    }

    [Fact]
    public async Task Makes_room_for_one_more_with_each_that_is_used()
    {
        var alice = await OldAsync();
        (await pds.SignUpWithAsync(Names(await CodesAsync(alice))[0])).Ok();

        Assert.Equal(6, (await CodesAsync(alice)).Count);
    }

    [Fact]
    public async Task Asked_many_times_at_once_it_gives_the_same_codes()
    {
        var alice = await OldAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CodesAsync(alice)));

        Assert.All(answers, codes => Assert.Equal(Names(answers[0]), Names(codes)));
        Assert.Equal(5, answers[0].Count);
    }

    [Fact]
    public async Task Hides_disabled_codes_and_gives_others_for_them()
    {
        var alice = await OldAsync();
        var codes = await CodesAsync(alice);

        (await pds.Admin.PostAsync("com.atproto.admin.disableInviteCodes", new { codes = Names(codes)[..2] })).Ok();

        Assert.Equal(Names(codes)[2..], Names(await CodesAsync(alice, createAvailable: false)));
        Assert.Equal(5, (await CodesAsync(alice)).Count);
    }

    [Fact]
    public async Task A_deactivated_account_has_none()
    {
        var alice = await OldAsync();
        await pds.DeactivateAsync(alice.Did);

        Assert.Equal("Account not found", (await alice.GetAsync(GetAccountInviteCodes)).Refused(400, "NotFound").Message);
    }

    [Fact]
    public async Task Is_for_the_accounts_own_session()
    {
        var alice = await pds.GuestAsync();

        (await pds.Anyone.GetAsync(GetAccountInviteCodes)).Refused(401, "AuthMissing");
        (await pds.Admin.GetAsync(GetAccountInviteCodes)).Refused(400, "InvalidToken");
        (await alice.Refreshing.GetAsync(GetAccountInviteCodes)).Refused(400, "InvalidToken");
        Assert.Contains("Expected boolean", (await alice.GetAsync(GetAccountInviteCodes, new { includeUsed = "yes" })).Refused(400, "InvalidRequest").Message, StringComparison.Ordinal);
    }

    private static string[] Names(IEnumerable<JsonElement> codes) => [.. codes.Select(code => code.GetProperty("code").GetString()!)];

    private static async Task<List<JsonElement>> CodesAsync(Actor actor, bool includeUsed = true, bool createAvailable = true) =>
        [.. (await actor.GetAsync(GetAccountInviteCodes, new { includeUsed, createAvailable })).Ok().GetProperty("codes").EnumerateArray()];

    /// <summary>Somebody who has earned more than anybody may have at a time.</summary>
    private async Task<Actor> OldAsync()
    {
        var actor = await pds.GuestAsync();
        await pds.AgeAsync(actor, days: 100);
        return actor;
    }

    /// <summary>A code is earned every day.</summary>
    public sealed class Earning : InviteTests.WithInvites
    {
        public FakeTime Time { get; } = new();

        /// <summary>Makes somebody older.</summary>
        public Task AgeAsync(Actor actor, int days) =>
            this.ExecuteAsync("UPDATE account SET created_at = created_at - @0 WHERE did = @1", (long)(days * Day).TotalMilliseconds, actor.Did.Value);

        /// <summary>The codes that somebody is told to have, the earned ones among them.</summary>
        public async Task<string[]> CodesAsync(Actor actor) => Names(await GetAccountInviteCodesTests.CodesAsync(actor));

        /// <summary>The codes that somebody has, disabled ones too.</summary>
        public async Task<IReadOnlyList<InviteCode>> FindCodesAsync(Actor actor)
        {
            await using var scope = Services.CreateAsyncScope();
            return [.. (await scope.ServiceProvider.GetRequiredService<IInviteStore>().ListOfAsync([actor.Did], CancellationToken.None))[actor.Did]];
        }

        public async Task<Account> FindAccountAsync(Actor actor)
        {
            await using var scope = Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<IAccountStore>().FindAsync(actor.Did, CancellationToken.None))!;
        }

        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string>(base.Settings) { ["Pds:Invites:Interval"] = "86400000" };

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.AddSingleton<TimeProvider>(Time);
        }
    }
}
