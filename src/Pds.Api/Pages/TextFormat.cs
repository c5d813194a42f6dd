using System.Globalization;

namespace Pds.Api.Pages;

/// <summary>Fills in the places <c>{0}</c>, <c>{1}</c> … of a text.</summary>
internal static class TextFormat
{
    public static string With(this string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
