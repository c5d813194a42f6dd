using System.Diagnostics;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Crypto;

public sealed class Argon2PasswordHasherTests : IDisposable
{
    private readonly HashTurns _turns = new();
    private readonly Argon2PasswordHasher _hasher;

    public Argon2PasswordHasherTests() => _hasher = new Argon2PasswordHasher(_turns, HashWork.Recommended);

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task Knows_the_password_that_it_hashed()
    {
        var stored = await _hasher.HashAsync(Secret.Of("correct horse"), default);

        Assert.Equal(PasswordCheck.Right, await _hasher.VerifyAsync(stored, Secret.Of("correct horse"), default));
        Assert.Equal(PasswordCheck.Wrong, await _hasher.VerifyAsync(stored, Secret.Of("correct horse "), default));
        Assert.Equal(PasswordCheck.Wrong, await _hasher.VerifyAsync(stored, Secret.Of(""), default));
    }

    [Fact]
    public async Task Writes_a_phc_string_with_its_own_salt()
    {
        var first = await _hasher.HashAsync(Secret.Of("correct horse"), default);
        var second = await _hasher.HashAsync(Secret.Of("correct horse"), default);

        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", first);
        Assert.NotEqual(first, second);
    }

    // Made by the argon2id of @noble/hashes for "password" with the salt "somesaltsomesalt".
    [Theory]
    [MemberData(nameof(References))]
    public async Task Agrees_with_another_implementation(string stored, PasswordCheck check) =>
        Assert.Equal(check, await _hasher.VerifyAsync(stored, Secret.Of("password"), default));

    public static TheoryData<string, PasswordCheck> References => new()
    {
        { "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptE", PasswordCheck.Right },
        { "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$dmStS6GjyZn83QmR/8InD3gwLSODIz215778hdG7GBk", PasswordCheck.Right },
        { "$argon2id$v=19$m=4096,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$H5mZn8QsFFwntPktdbjGNtqB+DDJ+nixq94uJAZoqIk", PasswordCheck.RightButWeak },
        { "$argon2id$v=19$m=19456,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$hVPxhrHEJ4nYUc52JXPmRhAPEOWGpos/e0bgrJvX7ts", PasswordCheck.RightButWeak },
        { "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptA", PasswordCheck.Wrong },
    };

    [Theory]
    [InlineData("")]
    [InlineData("correct horse")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=9999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Fails_loudly_on_a_corrupt_row(string stored) =>
        await Assert.ThrowsAsync<FormatException>(async () => await _hasher.VerifyAsync(stored, Secret.Of("correct horse"), default));

    [Fact]
    public async Task Takes_as_long_to_refuse_an_account_that_does_not_exist()
    {
        var stored = await _hasher.HashAsync(Secret.Of("correct horse"), default);

        var known = await TimeAsync(stored);
        var unknown = await TimeAsync(null);

        // Other work on the machine disturbs both, so this asks only that nothing was left out.
        Assert.InRange(unknown / known, 0.25, 4);
    }

    [Fact]
    public async Task Does_not_begin_a_hash_for_a_caller_who_left()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _hasher.HashAsync(Secret.Of("correct horse"), gone.Token));
    }

    [Fact]
    public async Task Serves_more_callers_than_it_has_turns()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _hasher.HashAsync(Secret.Of($"password {i}"), default).AsTask()));

        Assert.Equal(20, hashes.Distinct().Count());
    }

    private async Task<double> TimeAsync(string? stored)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Assert.Equal(PasswordCheck.Wrong, await _hasher.VerifyAsync(stored, Secret.Of("wrong"), default));
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }

    [Fact]
    public async Task Refuses_at_once_whoever_would_wait_for_seconds()
    {
        using var turns = new HashTurns(atOnce: 1);
        var hasher = new Argon2PasswordHasher(turns, HashWork.Recommended);

        var hashes = Enumerable.Range(0, 80).Select(_ => hasher.HashAsync(Secret.Of("correct horse"), default).AsTask()).ToList();
        var refused = hashes.Where(hash => hash.IsFaulted).ToList();

        Assert.InRange(refused.Count, 1, 15); // 64 wait, and as many run as were done meanwhile
        foreach (var hash in refused)
        {
            var refusal = await Assert.ThrowsAsync<XrpcException>(() => hash);
            Assert.Equal((XrpcErrorKind.NotEnoughResources, TimeSpan.FromSeconds(5)), (refusal.Kind, refusal.RetryAfter));
        }

        await Task.WhenAll(hashes.Except(refused));
    }
}
