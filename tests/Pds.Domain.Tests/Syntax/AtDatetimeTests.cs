using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Syntax;

public sealed class AtDatetimeTests
{
    [Theory]
    [InlineData("1985-04-12T23:20:50.123Z")]
    [InlineData("1985-04-12T23:20:50Z")]
    [InlineData("1985-04-12T23:20:50.12345678901234567890+01:45")]
    [InlineData("2000-02-29T00:00:00-12:00")]
    [InlineData("0000-02-29T00:00:00Z")]
    [InlineData("0000-01-01T01:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59.999Z")]
    public void Keeps_a_moment_as_it_was_given(string text) => Assert.Equal(text, AtDatetime.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("1985-04-12")]
    [InlineData("1985-04-12T23:20Z")]
    [InlineData("1985-04-12 23:20:50Z")]
    [InlineData("1985-04-12T23:20:50")]
    [InlineData("1985-04-12T23:20:50z")]
    [InlineData("1985-04-12t23:20:50Z")]
    [InlineData("1985-04-12T23:20:50,5Z")]
    [InlineData("1985-04-12T23:20:50.Z")]
    [InlineData("1985-04-12T23:20:50-00:00")]
    [InlineData("1985-04-12T23:20:50+24:00")]
    [InlineData("1985-04-12T23:20:50+00:60")]
    [InlineData("1985-04-12T24:00:00Z")]
    [InlineData("1985-04-12T23:60:00Z")]
    [InlineData("1985-04-12T23:59:60Z")]
    [InlineData("1985-00-12T23:20:50Z")]
    [InlineData("1985-13-12T23:20:50Z")]
    [InlineData("1985-04-31T23:20:50Z")]
    [InlineData("1985-02-29T23:20:50Z")]
    [InlineData("1900-02-29T23:20:50Z")]
    [InlineData("-985-04-12T23:20:50Z")]
    [InlineData("+001985-04-12T23:20:50Z")]
    [InlineData("0000-01-01T00:59:00+01:00")] // before the year 0
    [InlineData("1985-04-12T23:20:50Z\n")]
    [InlineData("1985-04-12T23:20:50.123456789012345678901234567890123456789012345Z")]
    [InlineData("١٩٨٥-04-12T23:20:50Z")]
    public void Refuses_what_is_no_moment(string text)
    {
        Assert.False(AtDatetime.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => AtDatetime.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1985-04-12T23:20:50.123Z", "1985-04-12T23:20:50.1230000Z")]
    [InlineData("1985-04-12T23:20:50Z", "1985-04-12T23:20:50.0000000Z")]
    [InlineData("1985-04-12T23:20:50.12345678901234567890+01:45", "1985-04-12T21:35:50.1234567Z")]
    [InlineData("2000-02-29T00:00:00-12:00", "2000-02-29T12:00:00.0000000Z")]
    [InlineData("0000-02-29T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00+23:59", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.999-23:59", "9999-12-31T23:59:59.9999999Z")]
    public void Is_a_moment_on_the_calendar(string text, string moment) =>
        Assert.Equal(moment, AtDatetime.Parse(text).ToMoment().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Writes_a_moment_as_the_protocol_prefers_it() => Assert.Equal(
        "2026-01-02T02:04:05.678Z", AtDatetime.Of(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(1)).AddTicks(9999)).Value);
}
