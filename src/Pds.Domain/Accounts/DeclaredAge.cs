using System.Globalization;
using System.Text.Json;
using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>How old an account's owner says that he is, as far as every app may know: <c>app.bsky.actor.defs#declaredAgePref</c>.</summary>
public static class DeclaredAge
{
    public const string Type = "app.bsky.actor.defs#declaredAgePref";

    /// <summary>What follows from the date of birth among an account's preferences; null where there is none.</summary>
    public static Preference? Of(IEnumerable<Preference> preferences, DateTimeOffset now)
    {
        if (preferences.FirstOrDefault(preference => preference.IsPersonal) is not { } personal) return null;
        if (BirthDateIn(personal) is not { Length: > 0 } text) return null;

        var age = TryParse(text, out var birth) ? AgeOf(birth.UtcDateTime, now.UtcDateTime) : 0; // a date that nobody understands makes nobody older
        return new Preference(Type, $$"""{"$type":"{{Type}}","isOverAge13":{{Is(age >= 13)}},"isOverAge16":{{Is(age >= 16)}},"isOverAge18":{{Is(age >= 18)}}}""");
    }

    /// <summary>In whole years: one more on each birthday, and for one on 29 February on 1 March.</summary>
    private static int AgeOf(DateTime birth, DateTime now) =>
        now.Year - birth.Year - ((now.Month, now.Day).CompareTo((birth.Month, birth.Day)) < 0 ? 1 : 0);

    private static string? BirthDateIn(Preference personal)
    {
        using var json = JsonDocument.Parse(personal.Json);
        return json.RootElement.TryGetProperty("birthDate", out var date) && date.ValueKind == JsonValueKind.String ? date.GetString() : null;
    }

    /// <summary>A datetime of the protocol, or what came from a server that was less strict: a date alone.</summary>
    private static bool TryParse(string text, out DateTimeOffset moment)
    {
        if (!AtDatetime.TryParse(text, out var datetime)) return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
        moment = datetime.ToMoment();
        return true;
    }

    private static string Is(bool isSo) => isSo ? "true" : "false";
}
