using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class ListAppPasswordsTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    private const string Method = "com.atproto.server.listAppPasswords";

    [Fact]
    public async Task Lists_the_callers_own_newest_first_without_the_passwords()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await bob.CreateAppPasswordAsync("bob's");
        await alice.CreateAppPasswordAsync("first");
        pds.Time.Advance(TimeSpan.FromSeconds(1));
        await alice.CreateAppPasswordAsync("second", privileged: true);

        var passwords = (await alice.GetAsync(Method)).Ok().GetProperty("passwords").EnumerateArray().ToList();

        Assert.Equal([("second", true), ("first", false)], passwords.Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("privileged").GetBoolean())));
        Assert.All(passwords, one => Assert.Equal(["createdAt", "name", "privileged"], one.EnumerateObject().Select(field => field.Name).Order()));
    }

    [Fact]
    public async Task Lists_nothing_where_there_is_none()
    {
        var alice = await pds.SignUpAsync();

        Assert.Empty((await alice.GetAsync(Method)).Ok().GetProperty("passwords").EnumerateArray());
    }

    [Fact]
    public async Task Answers_an_app_too()
    {
        var app = await pds.SignInToAppAsync(await pds.SignUpAsync());

        Assert.Single((await app.GetAsync(Method)).Ok().GetProperty("passwords").EnumerateArray());
    }
}
