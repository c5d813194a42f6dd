using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class DeleteAccountTests(DeleteAccountTests.WithCountedHashes pds) : IClassFixture<DeleteAccountTests.WithCountedHashes>
{
    private const string Method = "com.atproto.server.deleteAccount";
    private const string Unknown = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";

    [Fact]
    public async Task Removes_the_account_and_tells_of_it()
    {
        var (alice, code) = await WithCodeAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answer = await DeleteAsync(alice, code);

        answer.Ok();
        Assert.Empty(answer.Body);
        var told = await firehose.NextAsync();
        Assert.Equal(("#account", alice.Did.Value, "deleted"), (told.Type, told.Did, told.Body.Text("status")));
        (await pds.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Refused(400, "RepoNotFound");
        (await pds.Anyone.GetAsync("com.atproto.sync.getRepoStatus", new { did = alice.Did.Value })).Refused(400, "RepoNotFound");
        (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = alice.Handle })).Refused(400, "HandleNotFound");
    }

    [Fact]
    public async Task Needs_no_session_and_takes_the_code_as_people_type_it()
    {
        var (alice, code) = await WithCodeAsync();

        (await new XrpcClient(pds.Url) { Authorization = "Bearer garbage" }.PostAsync(
            Method, new { did = alice.Did.Value, password = alice.Password, token = code.ToLowerInvariant() })).Ok();
    }

    [Fact]
    public async Task No_token_and_no_password_of_it_is_good_for_anything_any_more()
    {
        var (alice, code) = await WithCodeAsync();
        (await DeleteAsync(alice, code)).Ok();

        (await alice.GetAsync("com.atproto.server.getSession")).Refused(403, "AccountNotFound");
        (await alice.CreateRecordAsync(Records.Post())).Refused(403, "AccountNotFound");
        (await alice.PostAsync("com.atproto.repo.uploadBlob", "a file"u8.ToArray(), "text/plain")).Refused(403, "AccountNotFound");
        (await alice.PostAsync("com.atproto.server.activateAccount")).Refused(403, "AccountNotFound");
        (await alice.Refreshing.PostAsync("com.atproto.server.refreshSession")).Refused(403, "AccountNotFound");
        foreach (var identifier in new[] { alice.Handle, alice.Did.Value, alice.Email })
            (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier, password = alice.Password })).Refused(401, "AuthenticationRequired");
        Assert.Equal("account not found", (await DeleteAsync(alice, code)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Its_handle_and_its_address_are_free_at_once()
    {
        var (alice, code) = await WithCodeAsync();
        (await DeleteAsync(alice, code)).Ok();

        var next = (await pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle = alice.Handle, email = alice.Email, password = "another" })).Ok();

        Assert.NotEqual(alice.Did.Value, next.GetProperty("did").GetString());
    }

    [Fact]
    public async Task Checks_the_length_of_the_password_then_the_account_then_the_password_then_the_code()
    {
        var (alice, _) = await WithCodeAsync();
        var tooLong = new string('x', 513);

        Assert.Equal(
            "Password too long. Consider resetting your password.",
            (await DeleteAsync(Unknown, tooLong, "x")).Refused(401, "AuthenticationRequired").Message);
        Assert.Equal("account not found", (await DeleteAsync(Unknown, "x", "x")).Refused(400, "InvalidRequest").Message);
        Assert.Equal("Invalid did or password", (await DeleteAsync(alice.Did.Value, tooLong[1..], "x")).Refused(401, "AuthenticationRequired").Message);
        Assert.Equal("Token is invalid", (await DeleteAsync(alice, "AAAAA-AAAAA")).Refused(400, "InvalidToken").Message);
        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAA-AAAAA")]
    [InlineData("another's")]
    [InlineData("for something else")]
    public async Task Refuses_a_code_that_is_not_the_accounts_for_that_purpose(string which)
    {
        var (alice, code) = await WithCodeAsync();
        var (_, bobs) = await WithCodeAsync();
        await pds.ExecuteAsync("INSERT INTO account_email_token SELECT did, 'ConfirmEmail', randomblob(32), requested_at FROM account_email_token WHERE did = @0", alice.Did.Value);
        if (which == "for something else") await pds.ExecuteAsync("UPDATE account_email_token SET purpose = 'ResetPassword' WHERE did = @0 AND purpose = 'DeleteAccount'", alice.Did.Value);

        (await DeleteAsync(alice, which switch { "another's" => bobs, "for something else" => code, _ => which })).Refused(400, "InvalidToken");

        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task Refuses_a_code_that_is_older_than_a_quarter_of_an_hour()
    {
        var (alice, code) = await WithCodeAsync();

        pds.Time.Advance(TimeSpan.FromMinutes(15.1));

        Assert.Equal("Token is expired", (await DeleteAsync(alice, code)).Refused(400, "ExpiredToken").Message);
    }

    [Fact]
    public async Task An_account_that_was_taken_down_since_it_got_its_code_may_still_go()
    {
        var (alice, code) = await WithCodeAsync();
        await pds.TakeDownAsync(alice.Did);

        (await DeleteAsync(alice, code)).Ok();
    }

    [Fact]
    public async Task A_did_that_is_not_here_costs_as_much_as_one_that_is()
    {
        var (alice, _) = await WithCodeAsync();

        foreach (var did in new[] { Unknown, alice.Did.Value })
        {
            var before = pds.Hashes.Checked;
            Assert.NotEqual(200, (int)(await DeleteAsync(did, "wrong", "x")).Status);
            Assert.Equal(before + 1, pds.Hashes.Checked);
        }
    }

    [Theory]
    [InlineData("did")]
    [InlineData("password")]
    [InlineData("token")]
    public async Task Refuses_a_request_that_lacks_something(string field)
    {
        var (alice, code) = await WithCodeAsync();
        var body = new Dictionary<string, object> { ["did"] = alice.Did.Value, ["password"] = alice.Password, ["token"] = code };

        body[field] = 7;
        (await pds.Anyone.PostAsync(Method, body)).Refused(400, "InvalidRequest");
        body.Remove(field);
        Assert.Equal($"Missing required key \"{field}\" at $", (await pds.Anyone.PostAsync(Method, body)).Refused(400, "InvalidRequest").Message);
    }

    [Fact]
    public async Task Takes_no_handle_in_the_place_of_a_did()
    {
        var (alice, code) = await WithCodeAsync();

        (await DeleteAsync(alice.Handle, alice.Password, code)).Refused(400, "InvalidRequest");
    }

    [Fact]
    public async Task Sent_many_times_at_once_it_happens_once_and_is_told_once()
    {
        var (alice, code) = await WithCodeAsync();
        await using var firehose = await FirehoseReader.ListenAsync(pds);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => DeleteAsync(alice, code))));

        Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => Assert.Equal("account not found", answer.Refused(400, "InvalidRequest").Message));
        var bob = await pds.SignUpAsync("bob");
        Assert.Equal([alice.Did.Value, bob.Did.Value], [(await firehose.NextAsync()).Did, (await firehose.NextAsync()).Did]);
    }

    [Fact]
    public async Task Checking_a_wrong_password_does_not_take_the_accounts_turn()
    {
        var alice = await pds.SignUpAsync();
        using var turn = await pds.Services.GetRequiredService<IRepoGate>().EnterAsync(alice.Did, CancellationToken.None);

        (await DeleteAsync(alice.Did.Value, "wrong", "x")).Refused(401, "AuthenticationRequired");
    }

    [Fact]
    public async Task A_password_that_was_changed_while_it_waited_is_wrong()
    {
        var (alice, code) = await WithCodeAsync();
        var checks = pds.Hashes.Checked;
        Task<XrpcAnswer> deletion;
        using (await pds.Services.GetRequiredService<IRepoGate>().EnterAsync(alice.Did, CancellationToken.None))
        {
            deletion = DeleteAsync(alice, code);
            await Eventually.IsTrueAsync(() => pds.Hashes.Checked > checks);
            await ChangePasswordAsync(alice.Did, "another");
        }

        (await deletion).Refused(401, "AuthenticationRequired");
        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task Who_signs_in_while_it_happens_is_refused_and_leaves_no_session()
    {
        var alice = await pds.SignUpAsync();
        pds.Hashes.Meanwhile = async () => (await pds.Admin.PostAsync("com.atproto.admin.deleteAccount", new { did = alice.Did.Value })).Ok();

        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = alice.Handle, password = alice.Password })).Refused(403, "AccountNotFound");

        Assert.DoesNotContain("account_session.did", DatabaseWalk.ColumnsWith(pds.Data, alice.Did.Value));
    }

    private async Task ChangePasswordAsync(Did account, string password)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        var hash = await scope.ServiceProvider.GetRequiredService<IPasswordHasher>().HashAsync(Secret.Of(password), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IAccountStore>().SetPasswordHashAsync(account, hash, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    private async Task<(Actor Actor, string Code)> WithCodeAsync()
    {
        var actor = await pds.SignUpAsync();
        (await actor.PostAsync("com.atproto.server.requestAccountDelete")).Ok();
        return (actor, pds.Mail.LastCode<Letter.DeleteAccount>(actor));
    }

    private Task<XrpcAnswer> DeleteAsync(Actor actor, string code) => DeleteAsync(actor.Did.Value, actor.Password, code);

    private Task<XrpcAnswer> DeleteAsync(string account, string password, string token) => pds.Anyone.PostAsync(Method, new { did = account, password, token });

    /// <summary>Counts how often a password is checked.</summary>
    public sealed class HashCount
    {
        private int _checked;

        public int Checked => _checked;

        /// <summary>What happens after the next check, before anything comes of it; null for nothing.</summary>
        public Func<Task>? Meanwhile { get; set; }

        public Task AddAsync()
        {
            Interlocked.Increment(ref _checked);
            var meanwhile = Meanwhile;
            Meanwhile = null;
            return meanwhile?.Invoke() ?? Task.CompletedTask;
        }
    }

    public sealed class WithCountedHashes : TimedPdsFixture
    {
        public HashCount Hashes { get; } = new();

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.Decorate<IPasswordHasher>(inner => new CountingHasher(inner, Hashes));
        }
    }

    private sealed class CountingHasher(IPasswordHasher inner, HashCount count) : IPasswordHasher
    {
        public ValueTask<string> HashAsync(Secret password, CancellationToken ct) => inner.HashAsync(password, ct);

        public async ValueTask<PasswordCheck> VerifyAsync(string? stored, Secret password, CancellationToken ct)
        {
            var check = await inner.VerifyAsync(stored, password, ct);
            await count.AddAsync();
            return check;
        }
    }
}
