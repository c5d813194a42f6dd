using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Accounts;

/// <summary>Days are counted from the account's first; a code is earned every two.</summary>
public sealed class InviteAllowanceTests
{
    private static readonly DateTimeOffset Birth = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Did Alice = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static readonly InviteOwner Owner = InviteOwner.Of(Alice);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.99, 0)]
    [InlineData(2, 1)]
    [InlineData(5, 2)]
    [InlineData(10, 5)]
    [InlineData(1000, 5)]
    public void One_code_is_earned_each_interval_and_five_at_a_time_at_most(double day, int expected) => Assert.Equal(expected, Due(day));

    [Fact]
    public void What_an_account_has_earned_already_is_not_earned_again() => Assert.Equal(1, Due(day: 6, Earned(day: 2), Earned(day: 4)));

    [Fact]
    public void A_clock_that_was_set_back_earns_nothing() => Assert.Equal(0, Due(day: -3, Earned(day: 2)));

    [Fact]
    public void Five_open_codes_are_enough_and_room_for_more_comes_with_each_that_is_used_or_disabled()
    {
        var codes = Enumerable.Range(1, 5).Select(i => Earned(2 * i)).ToArray();

        Assert.Equal(0, Due(day: 100, codes));
        Assert.Equal(1, Due(day: 100, [Used(codes[0]), .. codes[1..]]));
        Assert.Equal(2, Due(day: 100, [Used(codes[0]), codes[1] with { Disabled = true }, .. codes[2..]]));
    }

    [Fact]
    public void Codes_that_the_administrator_gave_do_not_count()
    {
        var gifts = Enumerable.Range(0, 7).Select(_ => Earned(day: 1) with { CreatedBy = InviteOwner.Admin }).ToArray();

        Assert.Equal(2, Due(day: 4, gifts));
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 1)] // the eighth day ends the interval that the epoch fell into
    [InlineData(10, 2)]
    public void Only_the_intervals_since_the_epoch_count_for_an_account_that_is_older(double day, int expected) => Assert.Equal(expected, Due(day, epoch: 7));

    [Fact]
    public void Codes_from_before_the_epoch_do_not_count_against_those_after_it_unless_they_are_open()
    {
        var old = Enumerable.Range(1, 3).Select(i => Earned(2 * i)).ToArray();

        Assert.Equal(2, Due(day: 10, epoch: 7, [.. old.Select(Used)]));
        Assert.Equal(2, Due(day: 100, epoch: 7, old));
    }

    [Fact]
    public void An_interval_of_a_millisecond_over_a_century_is_counted_right() =>
        Assert.Equal(5, new InviteAllowance(TimeSpan.FromMilliseconds(1), DateTimeOffset.UnixEpoch).CountDue(Birth.AddYears(-50), [], Birth.AddYears(50)));

    private static int Due(double day, params InviteCode[] codes) => Due(day, epoch: -10_000, codes);

    private static int Due(double day, double epoch, params InviteCode[] codes) =>
        new InviteAllowance(TimeSpan.FromDays(2), Birth.AddDays(epoch)).CountDue(Birth, codes, Birth.AddDays(day));

    private static InviteCode Earned(double day) => new("code", 1, Disabled: false, Owner, Owner, Birth.AddDays(day));

    private static InviteCode Used(InviteCode code) => code with { Uses = [new InviteCodeUse(Alice, code.CreatedAt)] };
}
