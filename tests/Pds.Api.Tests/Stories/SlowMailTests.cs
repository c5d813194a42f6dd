using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>The mail server takes its time.</summary>
public sealed class SlowMailTests(SlowMailTests.Fixture pds) : IClassFixture<SlowMailTests.Fixture>
{
    [Fact]
    public async Task An_account_goes_on_working_while_a_letter_is_on_its_way()
    {
        var alice = await pds.SignUpAsync();
        var letter = pds.Hold();
        var asking = alice.PostAsync("com.atproto.server.requestEmailConfirmation");
        await letter.Arrived;

        (await alice.CreateRecordAsync(Records.Post())).Ok();

        Assert.False(asking.IsCompleted);
        letter.Release();
        (await asking).Ok();
        (await alice.PostAsync("com.atproto.server.confirmEmail", new { email = alice.Email, token = pds.Mail.LastCode<Letter.ConfirmEmail>(alice) })).Ok();
    }

    [Fact]
    public async Task A_code_on_its_way_to_an_address_that_is_replaced_meanwhile_proves_nothing_about_the_new_one()
    {
        const string Victim = "victim@example.com";
        var mallory = await pds.SignUpAsync("mallory");
        var letter = pds.Hold();
        var asking = mallory.PostAsync("com.atproto.server.requestEmailConfirmation");
        await letter.Arrived;

        (await mallory.PostAsync("com.atproto.server.updateEmail", new { email = Victim })).Ok();
        letter.Release();

        (await asking).Refused(400, "InvalidRequest");
        (await mallory.PostAsync("com.atproto.server.confirmEmail", new { email = Victim, token = pds.Mail.LastCode<Letter.ConfirmEmail>(mallory) })).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Who_has_no_account_waits_as_long_as_who_has_one()
    {
        var alice = await pds.SignUpAsync();
        var letter = pds.Hold();
        var known = pds.Anyone.PostAsync("com.atproto.server.requestPasswordReset", new { email = alice.Email });
        await letter.Arrived;
        await Task.Delay(TimeSpan.FromSeconds(1)); // that is the mail server being slow
        letter.Release();
        (await known).Ok();

        var started = Stopwatch.GetTimestamp();
        (await pds.Anyone.PostAsync("com.atproto.server.requestPasswordReset", new { email = "nobody-at-all@example.com" })).Ok();

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(1), "Nobody has no account, and was told so by the time");
    }

    /// <summary>A server whose letters can be held back.</summary>
    public sealed class Fixture : PdsFixture
    {
        private HeldLetter? _held;

        /// <summary>Holds the next letter back until it is released.</summary>
        internal HeldLetter Hold() => _held = new HeldLetter();

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<IMailer>(new SlowMail(this));

        private sealed class SlowMail(Fixture fixture) : IMailer
        {
            public async Task SendAsync(Letter letter, CancellationToken ct)
            {
                if (Interlocked.Exchange(ref fixture._held, null) is { } held) await held.PassAsync();
                await fixture.Mail.SendAsync(letter, ct);
            }
        }
    }

    internal sealed class HeldLetter
    {
        private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Comes when the mail server has the letter in hand.</summary>
        public Task Arrived => _arrived.Task;

        public void Release() => _released.SetResult();

        public Task PassAsync()
        {
            _arrived.SetResult();
            return _released.Task;
        }
    }
}
