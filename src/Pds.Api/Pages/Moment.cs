using System.Globalization;

namespace Pds.Api.Pages;

/// <summary>Moments as people say them.</summary>
internal static class Moment
{
    private const string Day = "d MMMM yyyy";

    public static string Ago(DateTimeOffset moment, DateTimeOffset now) => (now - moment) switch
    {
        { TotalMinutes: < 1 } => Texts.JustNow,
        { TotalMinutes: < 2 } => Texts.MinuteAgo,
        { TotalHours: < 1 } ago => Texts.MinutesAgo.With((int)ago.TotalMinutes),
        { TotalHours: < 2 } => Texts.HourAgo,
        { TotalDays: < 1 } ago => Texts.HoursAgo.With((int)ago.TotalHours),
        _ => Texts.OnDay.With(moment.ToString(Day, CultureInfo.InvariantCulture)),
    };
}
