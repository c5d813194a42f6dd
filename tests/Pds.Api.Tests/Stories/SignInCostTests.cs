using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>What a sign-in costs the server tells nobody what was wrong with it.</summary>
public sealed class SignInCostTests(SignInCostTests.Counted pds) : IClassFixture<SignInCostTests.Counted>
{
    [Fact]
    public async Task Every_sign_in_costs_one_slow_hash_whoever_and_whatever_it_is()
    {
        var (alice, bob, carol) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"), await pds.SignUpAsync("carol"));
        var app = await alice.CreateAppPasswordAsync();
        var authenticator = await pds.SetUpTotpAsync(bob, pds.Time.GetUtcNow());
        await pds.ExecuteAsync("UPDATE account SET password_hash = NULL WHERE did = @0", carol.Did.Value);

        Assert.Equal(1, await CountAsync(alice.Handle, alice.Password, null));
        Assert.Equal(1, await CountAsync(alice.Handle, app, null));
        Assert.Equal(1, await CountAsync(alice.Handle, "wrong", "AuthenticationRequired"));
        Assert.Equal(1, await CountAsync(alice.Handle, "abcd-efgh-2345-6767", "AuthenticationRequired"));
        Assert.Equal(1, await CountAsync(bob.Handle, bob.Password, "AuthFactorTokenRequired"));
        Assert.Equal(1, await CountAsync(bob.Handle, bob.Password, "InvalidToken", "a wrong code"));
        Assert.Equal(1, await CountAsync(bob.Handle, bob.Password, null, authenticator.BackupCodes[0]));
        Assert.Equal(1, await CountAsync(carol.Handle, carol.Password, "AuthenticationRequired"));
        Assert.Equal(1, await CountAsync("nobody.test", "wrong", "AuthenticationRequired"));
        Assert.Equal(1, await CountAsync("not an identifier", "wrong", "AuthenticationRequired"));
    }

    [Fact]
    public async Task A_hash_that_is_weak_is_replaced_once_somebody_is_in_and_not_before()
    {
        var alice = await pds.SignUpAsync();
        var authenticator = await pds.SetUpTotpAsync(alice, pds.Time.GetUtcNow());

        pds.Hasher.SaysWeak = true;
        Assert.Equal(1, await CountAsync(alice.Handle, alice.Password, "AuthFactorTokenRequired"));
        Assert.Equal(2, await CountAsync(alice.Handle, alice.Password, null, authenticator.BackupCodes[0]));
        pds.Hasher.SaysWeak = false;

        Assert.Equal(1, await CountAsync(alice.Handle, alice.Password, null, authenticator.BackupCodes[1]));
    }

    private async Task<int> CountAsync(string identifier, string password, string? error, string code = "")
    {
        var before = pds.Hasher.Count;
        var answer = await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier, password, authFactorToken = code });
        Assert.Equal(error, answer.Error);
        return pds.Hasher.Count - before;
    }

    public sealed class Counted : TimedPdsFixture
    {
        public CountingHasher Hasher { get; } = new();

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.Decorate<IPasswordHasher>(real => Hasher.Over(real));
        }
    }

    public sealed class CountingHasher : IPasswordHasher
    {
        private IPasswordHasher? _real;

        public int Count { get; private set; }

        /// <summary>Whether every right password is said to have been hashed with less work than today's.</summary>
        public bool SaysWeak { get; set; }

        public CountingHasher Over(IPasswordHasher real)
        {
            _real = real;
            return this;
        }

        public ValueTask<string> HashAsync(Secret password, CancellationToken ct)
        {
            Count++;
            return _real!.HashAsync(password, ct);
        }

        public async ValueTask<PasswordCheck> VerifyAsync(string? stored, Secret password, CancellationToken ct)
        {
            Count++;
            var check = await _real!.VerifyAsync(stored, password, ct);
            return check == PasswordCheck.Right && SaysWeak ? PasswordCheck.RightButWeak : check;
        }
    }
}
