using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Different methods at once, about one account or one name. Many calls of one method at once are told of in that method's own tests.</summary>
public sealed class AccountRacesTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Refresh = "com.atproto.server.refreshSession";

    [Fact]
    public async Task An_address_that_a_sign_up_an_owner_and_the_administrator_want_at_once_is_one_accounts()
    {
        const string Wanted = "wanted-by-all@example.com";
        var (owner, other) = (await pds.SignUpAsync(), await pds.SignUpAsync());

        var answers = await Task.WhenAll(
            SignUpAsync("races-for-address.test", Wanted),
            owner.PostAsync("com.atproto.server.updateEmail", new { email = Wanted }),
            pds.Admin.PostAsync("com.atproto.admin.updateAccountEmail", new { account = other.Did.Value, email = Wanted }));

        OneWins(answers);
        Assert.Equal(1, DatabaseWalk.Count(pds.Data, "account", "email = @0", Wanted));
    }

    [Fact]
    public async Task A_handle_that_a_sign_up_an_owner_and_the_administrator_want_at_once_is_one_accounts()
    {
        const string Wanted = "races-for-handle.test";
        var (owner, other) = (await pds.SignUpAsync(), await pds.SignUpAsync());

        var answers = await Task.WhenAll(
            SignUpAsync(Wanted, "races-for-handle@example.com"),
            owner.PostAsync("com.atproto.identity.updateHandle", new { handle = Wanted }),
            pds.Admin.PostAsync("com.atproto.admin.updateAccountHandle", new { did = other.Did.Value, handle = Wanted }));

        OneWins(answers);
        Assert.Equal(1, DatabaseWalk.Count(pds.Data, "account", "handle = @0", Wanted));
    }

    [Theory]
    [InlineData("signs out")]
    [InlineData("sets a new password")]
    public async Task A_session_that_is_refreshed_while_its_owner_ends_it_is_over(string ending)
    {
        var alice = await pds.SignUpAsync();
        var code = await pds.AskToResetAsync(alice);

        var refreshing = Enumerable.Range(0, 6).Select(_ => alice.Refreshing.PostAsync(Refresh)).ToList();
        (await (ending == "signs out"
            ? alice.Refreshing.PostAsync("com.atproto.server.deleteSession")
            : pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = code, password = "another password" }))).Ok();

        foreach (var answer in await Task.WhenAll(refreshing))
        {
            if (answer.Error is not null) answer.Refused(400, "ExpiredToken");
            else (await new Actor(pds.Url, answer.Ok(), "").Refreshing.PostAsync(Refresh)).Refused(400, "ExpiredToken");
        }
    }

    [Fact]
    public async Task Whatever_is_done_while_an_account_is_deleted_happens_before_or_not_at_all()
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync("com.atproto.server.requestAccountDelete")).Ok();
        var token = pds.Mail.LastCode<Application.Mail.Letter.DeleteAccount>(alice);

        var meanwhile = new List<Task<XrpcAnswer>>();
        for (var i = 0; i < 3; i++)
        {
            meanwhile.Add(alice.CreateRecordAsync(Records.Post()));
            meanwhile.Add(pds.SignInAsync(alice, alice.Password));
            meanwhile.Add(alice.Refreshing.PostAsync(Refresh));
            meanwhile.Add(alice.PostAsync("com.atproto.server.createAppPassword", new { name = $"app {i}" }));
        }

        (await pds.Anyone.PostAsync("com.atproto.server.deleteAccount", new { did = alice.Did.Value, password = alice.Password, token })).Ok();

        Assert.All(await Task.WhenAll(meanwhile), answer => Assert.InRange((int)answer.Status, 200, 499));
        foreach (var table in DatabaseWalk.TablesWith(pds.Data, "did").Where(table => table.StartsWith("account", StringComparison.Ordinal)))
            Assert.Equal((table, 0), (table, DatabaseWalk.Count(pds.Data, table, "did = @0", alice.Did.Value)));
    }

    private static void OneWins(XrpcAnswer[] answers)
    {
        Assert.Single(answers, answer => answer.Error is null).Ok();
        Assert.All(answers.Where(answer => answer.Error is not null), answer => Assert.Equal(400, (int)answer.Status));
    }

    private Task<XrpcAnswer> SignUpAsync(string handle, string email) =>
        pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email, password = "password" });
}
