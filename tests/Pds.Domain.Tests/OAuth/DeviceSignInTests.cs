using Pds.Domain.Accounts;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.OAuth;

public sealed class DeviceSignInTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Account Alice = new(Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"), Handle.Parse("alice.test"), null, Start);

    private readonly DeviceSignIn _signIn = new(DeviceId.New(), Alice.Did, Start, Start, IsRemembered: true);

    [Theory]
    [InlineData(true, 6.99, true)]
    [InlineData(true, 7, false)]
    [InlineData(false, 0.01, true)]
    [InlineData(false, 0.011, false)]
    public void Lasts_a_week_where_it_is_remembered_and_a_quarter_of_an_hour_otherwise(bool isRemembered, double days, bool holds) =>
        Assert.Equal(holds, (_signIn with { IsRemembered = isRemembered }).Holds(Alice, Start.AddDays(days)));

    [Fact]
    public void Use_keeps_one_that_is_not_remembered_going_but_not_beyond_the_week()
    {
        var used = _signIn with { IsRemembered = false, UsedAt = Start.AddDays(7).AddMinutes(-1) };

        Assert.True(used.Holds(Alice, Start.AddDays(7).AddSeconds(-1)));
        Assert.False(used.Holds(Alice, Start.AddDays(7)));
    }

    [Fact]
    public void Ends_with_every_other_session_of_the_account()
    {
        Assert.True(_signIn.Holds(Alice with { SessionsValidFrom = Start }, Start.AddHours(1)));
        Assert.False(_signIn.Holds(Alice with { SessionsValidFrom = Start.AddMilliseconds(1) }, Start.AddHours(1)));
    }

    [Fact]
    public void Ends_by_a_takedown_and_outlasts_a_deactivation()
    {
        Assert.False(_signIn.Holds(Alice with { TakedownRef = "x" }, Start));
        Assert.True(_signIn.Holds(Alice with { DeactivatedAt = Start }, Start));
    }
}
