using System.Text.Json.Nodes;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>Reads what an answer must have by its lexicon.</summary>
internal static class AnswerJson
{
    public static JsonObject Object(this JsonObject parent, string name) => parent[name] as JsonObject ?? throw new UnexpectedAnswerException($"{name} is no object");

    public static JsonArray List(this JsonObject parent, string name) => parent[name] as JsonArray ?? throw new UnexpectedAnswerException($"{name} is no list");

    public static string Text(this JsonObject parent, string name) => parent.OptionalText(name) ?? throw new UnexpectedAnswerException($"{name} is no text");

    public static string? OptionalText(this JsonObject parent, string name) => parent[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static DateTimeOffset Moment(this JsonObject parent, string name) =>
        AtDatetime.TryParse(parent.Text(name), out var moment) ? moment.ToMoment() : throw new UnexpectedAnswerException($"{name} is no datetime");

    /// <summary>The objects of a list.</summary>
    public static IReadOnlyList<JsonObject> Objects(this JsonArray list) =>
        [.. list.Select(item => item as JsonObject ?? throw new UnexpectedAnswerException("Something in a list is no object"))];

    /// <summary>Whether an object is that variant of a union.</summary>
    public static bool Is(this JsonObject item, string type) => item.OptionalText("$type") == type;

    /// <summary>What a view says of the caller's own relation to it.</summary>
    public static JsonObject Viewer(this JsonObject view)
    {
        if (view["viewer"] is not JsonObject viewer) view["viewer"] = viewer = [];
        return viewer;
    }

    /// <summary>Counts on from what is there; nothing is counted below zero, or where nothing was.</summary>
    public static void Count(this JsonObject parent, string name, int more)
    {
        if (parent[name] is JsonValue value && value.TryGetValue<long>(out var count)) parent[name] = Math.Max(0, count + more);
    }

    /// <summary>Sets a field, or with null takes it out.</summary>
    public static void Put(this JsonObject parent, string name, JsonNode? value)
    {
        if (value is null) parent.Remove(name);
        else parent[name] = value;
    }
}
