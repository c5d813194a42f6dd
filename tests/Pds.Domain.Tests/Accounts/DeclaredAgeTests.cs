using Pds.Domain.Accounts;

namespace Pds.Domain.Tests.Accounts;

public sealed class DeclaredAgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1990-01-01T00:00:00Z", true, true, true)]
    [InlineData("2008-03-01T23:59:59Z", true, true, true)] // the birthday is today
    [InlineData("2008-03-02T00:00:00Z", true, true, false)]
    [InlineData("2008-03-01T23:59:59-01:00", true, true, false)] // tomorrow, where the clocks have UTC
    [InlineData("2008-02-29T00:00:00Z", true, true, true)]
    [InlineData("2010-03-02T00:00:00Z", true, false, false)]
    [InlineData("2013-03-02T00:00:00Z", false, false, false)]
    [InlineData("2200-01-01T00:00:00Z", false, false, false)]
    [InlineData("1990-01-01", true, true, true)]
    [InlineData("yesterday", false, false, false)]
    public void Follows_from_the_date_of_birth(string birthDate, bool isOver13, bool isOver16, bool isOver18)
    {
        var age = DeclaredAge.Of([new Preference("app.bsky.other", "{}"), Personal($$"""{"birthDate":"{{birthDate}}"}""")], Now);

        Assert.Equal(
            $$"""{"$type":"app.bsky.actor.defs#declaredAgePref","isOverAge13":{{Text(isOver13)}},"isOverAge16":{{Text(isOver16)}},"isOverAge18":{{Text(isOver18)}}}""",
            age!.Json);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"birthDate":""}""")]
    [InlineData("""{"birthDate":7}""")]
    public void Nobody_who_does_not_say_it_has_one(string personal)
    {
        Assert.Null(DeclaredAge.Of([Personal(personal)], Now));
        Assert.Null(DeclaredAge.Of([], Now));
    }

    private static Preference Personal(string json) => new("app.bsky.actor.defs#personalDetailsPref", json);

    private static string Text(bool value) => value ? "true" : "false";
}
