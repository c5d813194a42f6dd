using System.Text.Json;

namespace Pds.Api.Cli;

/// <summary>Fields of the server's answers as a table shows them; one that is absent is empty.</summary>
internal static class AnswerFields
{
    public static string TextOf(this JsonElement answer, string field) =>
        answer.TryGetProperty(field, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";

    /// <summary>The day of a datetime.</summary>
    public static string DayOf(this JsonElement answer, string field) => TextOf(answer, field).Split('T')[0];

    /// <summary>A datetime to the second.</summary>
    public static string TimeOf(this JsonElement answer, string field) => TextOf(answer, field).Split('.')[0].Replace('T', ' ');
}
