using Pds.Application.Accounts;
using Pds.TestKit;

namespace Pds.Application.Tests.Accounts;

public sealed class UsedOnceTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public void A_thing_is_used_once_until_it_has_run_out()
    {
        var used = new UsedOnce(_time, capacity: 10);
        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(1);

        Assert.Equal(Use.First, used.Use("a", end));
        Assert.Equal(Use.Again, used.Use("a", end));
        Assert.Equal(Use.First, used.Use("b", end));

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Use.First, used.Use("a", _time.GetUtcNow() + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void What_is_too_much_to_remember_is_not_taken_before_something_has_run_out()
    {
        var used = new UsedOnce(_time, capacity: 2);
        var end = _time.GetUtcNow() + TimeSpan.FromMinutes(1);
        used.Use("a", end);
        used.Use("b", end);

        Assert.Equal(Use.Full, used.Use("c", end));
        Assert.Equal(Use.Again, used.Use("a", end));

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Use.First, used.Use("c", _time.GetUtcNow() + TimeSpan.FromMinutes(1)));
    }
}
