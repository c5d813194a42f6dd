using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pds.Application.Repo.Writing;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;

namespace Pds.Conformance.Tests.Shapes;

/// <summary>Compares a type with a lexicon's object: names, what is required, lists, and what kind of text each field is.</summary>
internal sealed class ShapeComparison
{
    private static readonly Dictionary<string, Type[]> TextFormats = new()
    {
        ["did"] = [typeof(Did), typeof(DidKey)],
        ["handle"] = [typeof(Handle)],
        ["at-identifier"] = [typeof(AtIdentifier)],
        ["nsid"] = [typeof(Nsid)],
        ["at-uri"] = [typeof(AtUri)],
        ["cid"] = [typeof(Cid), typeof(Swap)],
        ["tid"] = [typeof(Tid)],
        ["record-key"] = [typeof(RecordKey)],
        ["datetime"] = [typeof(AtDatetime)],
        ["uri"] = [typeof(string), typeof(GenericUri), typeof(Uri)],
        [""] = [typeof(string), typeof(Secret), typeof(DidKey), typeof(AccountStatus), typeof(ValidationStatus), typeof(InviteOwner)],
    };

    private static readonly NullabilityInfoContext Nullability = new();

    private readonly List<string> _faults = [];

    private ShapeComparison()
    {
    }

    /// <summary>What differs between a request's constructor and the parameters or input that a lexicon asks for.</summary>
    public static IReadOnlyList<string> Input(JsonObject schema, Type request, string document)
    {
        var comparison = new ShapeComparison();
        comparison.CompareInput(schema, request, document, request.Name);
        return comparison._faults;
    }

    /// <summary>What differs between an answer and the output that a lexicon promises.</summary>
    public static IReadOnlyList<string> Output(JsonObject schema, Type output, string document)
    {
        var comparison = new ShapeComparison();
        comparison.CompareOutput(schema, output, document, output.DeclaringType?.Name ?? output.Name);
        return comparison._faults;
    }

    private void CompareInput(JsonObject schema, Type type, string document, string path)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        Compare(
            schema, document, path, isInput: true,
            constructor.GetParameters().Select(parameter => new Field(parameter.Name!, parameter.ParameterType, !parameter.HasDefaultValue)));
    }

    private void CompareOutput(JsonObject schema, Type type, string document, string path) => Compare(
        schema, document, path, isInput: false,
        type.GetProperties().Where(property => property.Name != "EqualityContract").Select(property => new Field(property.Name, property.PropertyType, !IsNullable(property))));

    private void Compare(JsonObject schema, string document, string path, bool isInput, IEnumerable<Field> fields)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        var required = (schema["required"]?.AsArray() ?? []).Select(name => (string)name!).ToHashSet();
        var ours = fields.ToDictionary(field => field.JsonName);

        // What an answer may leave out, it may leave out always.
        foreach (var name in properties.Select(property => property.Key).Except(ours.Keys))
            if (isInput || required.Contains(name)) Fault($"{path}.{name} is missing");
        foreach (var name in ours.Keys.Except(properties.Select(property => property.Key))) Fault($"{path}.{name} is not in the lexicon");
        foreach (var (name, definition) in properties)
        {
            if (!ours.TryGetValue(name, out var field)) continue;
            if (!field.IsRequired && required.Contains(name)) Fault($"{path}.{name} is not required");
            if (field.IsRequired && isInput && !required.Contains(name)) Fault($"{path}.{name} is required");
            CompareValue(definition!.AsObject(), field.Type, document, $"{path}.{name}", isInput);
        }
    }

    private void CompareValue(JsonObject definition, Type type, string document, string path, bool isInput)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        switch ((string)definition["type"]!)
        {
            case "string": Expect(TextFormats[(string?)definition["format"] ?? ""], type, path); break;
            case "boolean": Expect([typeof(bool)], type, path); break;
            case "integer": Expect([typeof(int), typeof(long)], type, path); break;
            case "blob": Expect([typeof(BlobRef)], type, path); break;
            case "unknown": Expect([typeof(LexObject), typeof(EncodedRecord), typeof(DidDocument), typeof(JsonElement)], type, path); break;
            case "record": Expect([typeof(LexObject), typeof(EncodedRecord)], type, path); break; // passed on as it is
            case "array" when ElementOf(type) is { } element: CompareValue(definition["items"]!.AsObject(), element, document, $"{path}[]", isInput); break;
            case "ref":
                var name = PublishedLexicons.Resolve((string)definition["ref"]!, document);
                CompareDefinition(name, type, path, isInput);
                break;
            case "union" when type == typeof(JsonElement): break; // any variant, as it is sent
            case "union":
                CompareUnion(definition, type, document, path, isInput);
                break;
            case var other: Fault($"{path} is {type.Name} where the lexicon has {other}"); break;
        }
    }

    private void CompareUnion(JsonObject definition, Type type, string document, string path, bool isInput)
    {
        var published = definition["refs"]!.AsArray().Select(name => PublishedLexicons.Resolve((string)name!, document)).ToHashSet();
        var ours = type.GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType);

        if (!published.SetEquals(ours.Keys)) Fault($"{path} is one of {string.Join(", ", ours.Keys.Order())} where the lexicon has {string.Join(", ", published.Order())}");
        foreach (var name in published.Intersect(ours.Keys)) CompareDefinition(name, ours[name], $"{path}({name})", isInput);
    }

    private void CompareDefinition(string name, Type type, string path, bool isInput)
    {
        var (document, definition) = (name.Split('#')[0], PublishedLexicons.Definition(name));
        if ((string)definition["type"]! != "object") CompareValue(definition, type, document, path, isInput);
        else if (isInput) CompareInput(definition, type, document, path);
        else CompareOutput(definition, type, document, path);
    }

    private void Expect(Type[] allowed, Type type, string path)
    {
        if (!allowed.Contains(type)) Fault($"{path} is {type.Name} where the lexicon has {string.Join(" or ", allowed.Select(one => one.Name))}");
    }

    private void Fault(string fault) => _faults.Add(fault);

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GenericTypeArguments[0] : null;

    private static bool IsNullable(PropertyInfo property) => Nullability.Create(property).ReadState == NullabilityState.Nullable;

    private sealed record Field(string Name, Type Type, bool IsRequired)
    {
        public string JsonName => JsonNamingPolicy.CamelCase.ConvertName(Name);
    }
}
