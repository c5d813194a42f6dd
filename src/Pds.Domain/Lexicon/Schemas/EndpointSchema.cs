using Pds.Domain.Data;

namespace Pds.Domain.Lexicon.Schemas;

/// <summary><c>query</c>, <c>procedure</c> or <c>subscription</c>: known to be well formed, and no more, because records have no use for it.</summary>
/// <param name="Kind">Which of the three.</param>
public sealed record EndpointSchema(string Kind) : LexiconSchema
{
    internal static EndpointSchema Read(LexiconNode node, string kind)
    {
        _ = node.OptionalText("description");
        if (node.OptionalChild("parameters") is { } parameters) CheckParameters(parameters);
        if (kind == "subscription")
        {
            var message = node.Child("message").Child("schema");
            if (message.Text("type") != "union") throw message.Error("must be of type union");
            _ = ReadField(message);
        }
        else
        {
            if (node.OptionalChild("output") is { } output) CheckPayload(output);
            if (kind == "procedure" && node.OptionalChild("input") is { } input) CheckPayload(input);
        }

        foreach (var error in node.OptionalChildList("errors") ?? [])
        {
            if (error.Text("name").Length == 0) throw error.Error("needs a name");
        }

        return new EndpointSchema(kind);
    }

    internal override ValidationIssue Check(LexValue value, LexiconCatalog catalog, int depth) =>
        new($"A {Kind} describes a method, not data");

    private static void CheckParameters(LexiconNode parameters)
    {
        if (parameters.Text("type") != "params") throw parameters.Error("must be of type params");
        foreach (var property in ObjectSchema.Read(parameters, name: null).Properties)
        {
            var schema = property.Schema is ArraySchema list ? list.Items : property.Schema;
            if (schema is not (BooleanSchema or IntegerSchema or StringSchema or UnknownSchema))
                throw parameters.Error($"\"{property.Name}\" must be a boolean, an integer, a string or a list of such");
        }
    }

    private static void CheckPayload(LexiconNode payload)
    {
        if (payload.Text("encoding").AsSpan().ContainsAny(",; ")) throw payload.Error("\"encoding\" must be one MIME type without parameters");
        if (payload.OptionalChild("schema") is not { } schema) return;
        if (ReadField(schema) is not (ObjectSchema or RefSchema or UnionSchema)) throw schema.Error("must be an object, a ref or a union");
    }
}
