using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pds.Domain.Syntax;

/// <summary>A moment as lexicons write it: what RFC 3339 and ISO 8601 both allow, with seconds and a time zone. The text is kept as given.</summary>
/// <remarks>https://atproto.com/specs/lexicon#datetime</remarks>
public sealed partial record AtDatetime : ISyntax<AtDatetime>
{
    public const int MaxLength = 64;

    private AtDatetime(string value) => Value = value;

    public string Value { get; }

    /// <summary>A moment in the form the protocol prefers: UTC, milliseconds, <c>Z</c>.</summary>
    public static AtDatetime Of(DateTimeOffset moment) =>
        new(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out AtDatetime datetime)
    {
        datetime = text is { Length: <= MaxLength } && Pattern.Match(text) is { Success: true } match && IsOnTheCalendar(match.Groups)
            ? new AtDatetime(text)
            : null;
        return datetime is not null;
    }

    /// <summary>The moment, to the ten millionth of a second; one before the year 1 or after 9999 is the nearest within.</summary>
    public DateTimeOffset ToMoment()
    {
        var groups = Pattern.Match(Value).Groups;
        if (groups["year"].ValueSpan is "0000") return DateTimeOffset.MinValue;

        var local = DateTime.ParseExact(Value[.."0000-00-00T00:00:00".Length], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture).Ticks;
        var ticks = local + Fraction(groups["fraction"].ValueSpan) - Offset(groups);
        return new DateTimeOffset(Math.Clamp(ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }

    public static AtDatetime Parse(string text) => AtSyntax.Parse<AtDatetime>(text);

    public override string ToString() => Value;

    private static bool IsOnTheCalendar(GroupCollection groups)
    {
        int Number(string name) => int.Parse(groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var (year, month, day, hour, minute) = (Number("year"), Number("month"), Number("day"), Number("hour"), Number("minute"));

        // .NET's calendar starts at year 1; the year 0 is as long as any other leap year.
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year == 0 ? 4 : year, month)) return false;
        if (hour > 23 || minute > 59 || Number("second") > 59) return false;
        if (!groups["sign"].Success) return true;

        var (offsetHour, offsetMinute) = (Number("offsetHour"), Number("offsetMinute"));
        var ahead = groups["sign"].ValueSpan[0] == '+';
        if (offsetHour > 23 || offsetMinute > 59 || (!ahead && offsetHour == 0 && offsetMinute == 0)) return false; // -00:00 is RFC 3339 alone

        var isFirstDay = (year, month, day) == (0, 1, 1);
        return !(isFirstDay && ahead && (hour * 60) + minute < (offsetHour * 60) + offsetMinute); // would fall before the year 0
    }

    /// <summary>Ticks in a fraction of a second; digits beyond the seventh are cut off.</summary>
    private static long Fraction(ReadOnlySpan<char> digits)
    {
        var ticks = 0L;
        for (var i = 0; i < 7; i++) ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        return ticks;
    }

    private static long Offset(GroupCollection groups)
    {
        if (!groups["sign"].Success) return 0;
        int Number(string name) => int.Parse(groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var ticks = new TimeSpan(Number("offsetHour"), Number("offsetMinute"), 0).Ticks;
        return groups["sign"].ValueSpan[0] == '+' ? ticks : -ticks;
    }

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,20}))?(Z|(?<sign>[+-])(?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))\z")]
    private static partial Regex Pattern { get; }
}
