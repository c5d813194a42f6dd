using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class CreateAppPasswordTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    private const string Method = "com.atproto.server.createAppPassword";

    [Fact]
    public async Task Answers_with_a_password_of_four_groups_of_four_and_what_it_is_for()
    {
        var alice = await pds.SignUpAsync();

        var made = (await alice.PostAsync(Method, new { name = "my phone" })).Ok();

        Assert.Equal(["createdAt", "name", "password", "privileged"], made.EnumerateObject().Select(field => field.Name).Order());
        Assert.Equal("my phone", made.GetProperty("name").GetString());
        Assert.Matches("^[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}$", made.GetProperty("password").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", made.GetProperty("createdAt").GetString());
        Assert.False(made.GetProperty("privileged").GetBoolean());
    }

    [Theory]
    [InlineData(false, "com.atproto.appPass")]
    [InlineData(true, "com.atproto.appPassPrivileged")]
    public async Task Its_password_signs_in_to_a_session_of_its_kind(bool privileged, string scope)
    {
        var alice = await pds.SignUpAsync();

        var session = await pds.SignInToAppAsync(alice, privileged: privileged);

        var access = Jwt.Read(session.AccessJwt);
        Assert.Equal(scope, access.Claim("scope"));
        Assert.Equal(["app_password", "aud", "exp", "iat", "iat_ms", "scope", "sub"], access.Claims.Select(claim => claim.Key).Order());
        Assert.Equal(alice.Did, session.Did);
        (await session.CreateRecordAsync(Records.Post())).Ok();
    }

    [Fact]
    public async Task Every_password_is_another_and_the_accounts_own_goes_on_working()
    {
        var alice = await pds.SignUpAsync();

        var passwords = new[] { await alice.CreateAppPasswordAsync("one"), await alice.CreateAppPasswordAsync("two"), await alice.CreateAppPasswordAsync("ONE") };

        Assert.Equal(3, passwords.Distinct().Count());
        foreach (var password in passwords.Append(alice.Password)) (await pds.SignInAsync(alice, password)).Ok();
    }

    [Fact]
    public async Task Opens_no_other_account()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var password = await alice.CreateAppPasswordAsync();

        (await pds.SignInAsync(bob, password)).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task Refuses_a_name_that_is_taken_and_leaves_the_first_as_it_was()
    {
        var alice = await pds.SignUpAsync();
        var password = await alice.CreateAppPasswordAsync("my phone");

        (await alice.PostAsync(Method, new { name = "my phone", privileged = true })).Refused(400, "InvalidRequest");

        Assert.Equal("com.atproto.appPass", Jwt.Read((await pds.SignInAsync(alice, password)).Ok().GetProperty("accessJwt").GetString()!).Claim("scope"));
        await (await pds.SignUpAsync("bob")).CreateAppPasswordAsync("my phone"); // somebody else's name is nobody's business
    }

    [Fact]
    public async Task Of_many_who_ask_for_one_name_at_once_one_gets_it()
    {
        var alice = await pds.SignUpAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => alice.PostAsync(Method, new { name = "my phone" })));

        Assert.Single(answers, answer => answer.Error is null).Ok();
        Assert.All(answers.Where(answer => answer.Error is not null), answer => answer.Refused(400, "InvalidRequest"));
    }

    [Fact]
    public async Task Refuses_more_of_them_than_anybody_needs()
    {
        var alice = await pds.SignUpAsync();
        for (var i = 0; i < AppPassword.MaxPerAccount; i++) await alice.CreateAppPasswordAsync($"app {i}");

        (await alice.PostAsync(Method, new { name = "one too many" })).Refused(400, "InvalidRequest");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"name":1}""")]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"  "}""")]
    [InlineData("""{"name":"a\u0000b"}""")]
    [InlineData("""{"name":"two\nlines"}""")]
    [InlineData("""{"name":"good","privileged":"yes"}""")]
    public async Task Refuses_a_name_that_nobody_could_read(string body)
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, body, "application/json")).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Takes_a_name_of_256_characters_and_refuses_one_more()
    {
        var alice = await pds.SignUpAsync();

        (await alice.PostAsync(Method, new { name = new string('x', 256) })).Ok();
        (await alice.PostAsync(Method, new { name = new string('x', 257) })).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task A_deactivated_account_may_have_one_made()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        (await pds.SignInAsync(alice, await alice.CreateAppPasswordAsync())).Ok();
    }

    [Fact]
    public async Task An_account_that_is_taken_down_is_not_opened_by_one()
    {
        var alice = await pds.SignUpAsync();
        var password = await alice.CreateAppPasswordAsync();
        await pds.TakeDownAsync(alice.Did);

        (await pds.SignInAsync(alice, password)).Refused(401, "AuthenticationRequired");
        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = alice.Handle, password, allowTakendown = true })).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task The_database_does_not_hold_it()
    {
        var alice = await pds.SignUpAsync();
        var password = await alice.CreateAppPasswordAsync();

        foreach (var file in pds.Data.EnumerateFiles("pds.sqlite*"))
        {
            await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(password)));
        }
    }
}
