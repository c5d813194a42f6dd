using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

/// <summary><c>createAccount</c> where a sign-up needs an invite code.</summary>
public sealed class InviteTests(InviteTests.WithInvites pds) : IClassFixture<InviteTests.WithInvites>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Refuses_a_sign_up_without_a_code(string? code) =>
        Assert.Equal("No invite code provided", (await SignUpAsync(code)).Refused(400, "InvalidInviteCode").Message);

    [Fact]
    public async Task Refuses_a_code_that_nobody_made() =>
        Assert.Equal("Provided invite code not available", (await SignUpAsync("localhost-aaaaa-bbbbb")).Refused(400, "InvalidInviteCode").Message);

    [Fact]
    public async Task A_code_lets_in_as_many_as_it_was_made_for()
    {
        await pds.InviteAsync("for-two", uses: 2);

        (await SignUpAsync("for-two")).Ok();
        (await SignUpAsync("for-two")).Ok();

        (await SignUpAsync("for-two")).Refused(400, "InvalidInviteCode");
        Assert.Equal(2, await pds.CountUsesAsync("for-two"));
    }

    [Fact]
    public async Task Refuses_a_code_that_was_disabled()
    {
        await pds.InviteAsync("disabled", disabled: true);

        (await SignUpAsync("disabled")).Refused(400, "InvalidInviteCode");
    }

    [Fact]
    public async Task Refuses_a_code_of_an_account_that_was_taken_down()
    {
        await pds.InviteAsync("first");
        var inviter = new Actor(pds.Url, (await SignUpAsync("first")).Ok(), "");
        await pds.InviteAsync("of-the-inviter", uses: 2, forAccount: inviter.Did);
        (await SignUpAsync("of-the-inviter")).Ok();

        await pds.TakeDownAsync(inviter.Did);

        (await SignUpAsync("of-the-inviter")).Refused(400, "InvalidInviteCode");
    }

    [Fact]
    public async Task One_of_many_that_want_the_last_use_at_once_gets_it()
    {
        await pds.InviteAsync("last");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignUpAsync("last")));

        Assert.Equal(5, answers.Count(answer => answer.Error == "InvalidInviteCode"));
        Assert.Equal(1, await pds.CountUsesAsync("last"));
    }

    [Theory]
    [InlineData("admin.test", "x@example.com", "HandleNotAvailable")]
    [InlineData("fine.test", "x", "InvalidRequest")]
    public async Task A_sign_up_that_is_refused_uses_no_code_up(string handle, string email, string error)
    {
        var code = $"kept-{handle}";
        await pds.InviteAsync(code);

        (await pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email, password = "password", inviteCode = code })).Refused(400, error);

        Assert.Equal(0, await pds.CountUsesAsync(code));
        (await SignUpAsync(code)).Ok();
    }

    [Fact]
    public async Task A_code_of_an_account_that_is_deactivated_or_gone_goes_on_working()
    {
        var inviter = await pds.GuestAsync();
        await pds.InviteAsync("of-one-who-leaves", uses: 2, forAccount: inviter.Did);

        await pds.DeactivateAsync(inviter.Did);
        (await SignUpAsync("of-one-who-leaves")).Ok();
        await pds.ForgetAsync(inviter.Did);

        (await SignUpAsync("of-one-who-leaves")).Ok();
    }

    [Fact]
    public async Task A_code_that_is_disabled_while_somebody_signs_up_with_it_lets_them_in_no_more()
    {
        await pds.InviteAsync("withdrawn", uses: 9);
        pds.Directory.Hold();
        var signUp = SignUpAsync("withdrawn");
        await pds.Directory.Reached;

        (await pds.Admin.PostAsync("com.atproto.admin.disableInviteCodes", new { codes = new[] { "withdrawn" } })).Ok();
        pds.Directory.Release();

        (await signUp).Refused(400, "InvalidInviteCode");
        Assert.Equal(0, await pds.CountUsesAsync("withdrawn"));
    }

    private Task<XrpcAnswer> SignUpAsync(string? inviteCode) => pds.SignUpWithAsync(inviteCode);

    /// <summary>A server whose sign-ups need a code.</summary>
    public class WithInvites : PdsFixture
    {
        private static int _names;

        public SlowDirectory Directory { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Invites:Required"] = "true" };

        /// <summary>Signs somebody new up with a code.</summary>
        public Task<XrpcAnswer> SignUpWithAsync(string? inviteCode)
        {
            var handle = $"guest{Interlocked.Increment(ref _names)}.test";
            return Anyone.PostAsync("com.atproto.server.createAccount", inviteCode is null
                ? new { handle, email = $"{handle}@example.com", password = "password" }
                : new { handle, email = $"{handle}@example.com", password = "password", inviteCode });
        }

        /// <summary>Somebody who was let in.</summary>
        public async Task<Actor> GuestAsync()
        {
            var code = (await Admin.PostAsync("com.atproto.server.createInviteCode", new { useCount = 1 })).Ok().GetProperty("code").GetString();
            return new Actor(Url, (await SignUpWithAsync(code)).Ok(), "password");
        }

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.Decorate<IPlcDirectory>(inner => Directory.Around(inner));
    }

    /// <summary>A PLC directory that holds one submission up until it is told to go on.</summary>
    public sealed class SlowDirectory
    {
        private TaskCompletionSource _reached = new();
        private TaskCompletionSource _released = new();
        private int _held;

        public Task Reached => _reached.Task;

        public void Hold() => (_reached, _released, _held) = (new TaskCompletionSource(), new TaskCompletionSource(), 1);

        public void Release() => _released.SetResult();

        internal IPlcDirectory Around(IPlcDirectory inner) => new Held(inner, this);

        private sealed class Held(IPlcDirectory inner, SlowDirectory owner) : IPlcDirectory
        {
            public async Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct)
            {
                if (Interlocked.Exchange(ref owner._held, 0) == 1)
                {
                    owner._reached.SetResult();
                    await owner._released.Task;
                }

                await inner.SubmitAsync(did, operation, ct);
            }

            public Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct) => inner.FindDocumentAsync(did, ct);

            public Task<PlcLog?> FindLogAsync(Did did, CancellationToken ct) => inner.FindLogAsync(did, ct);
        }
    }
}
