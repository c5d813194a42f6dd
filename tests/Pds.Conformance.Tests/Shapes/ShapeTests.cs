using System.Text.Json.Nodes;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Conformance.Tests.Shapes;

/// <summary>What each method takes and answers, field by field, against its lexicon.</summary>
public sealed class ShapeTests
{
    private const string Json = "application/json";

    /// <summary>Where this server is otherwise than the lexicon on purpose, and why.</summary>
    private static readonly Dictionary<string, string> OnPurpose = new()
    {
        ["CreateAccount.verificationCode is missing"] = "sign-ups are not verified by telephone",
        ["CreateAccount.verificationPhone is missing"] = "sign-ups are not verified by telephone",
        ["GetPreferences.did is not in the lexicon"] = "for the moderation service, as the reference server has it",
        ["CreateInviteCodes.codeCount is not required"] = "the lexicon gives it a default too, and clients rely on that",
    };

    public static TheoryData<string> Methods => [.. ServedMethod.All.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Methods))]
    public void A_method_takes_what_its_lexicon_says(string method)
    {
        if (!PublishedLexicons.ArePresent || InputOf(method) is not { } schema) return;

        Assert.Empty(ShapeComparison.Input(schema, ServedMethod.All[method].Request, method).Except(OnPurpose.Keys));
    }

    [Theory, MemberData(nameof(Methods))]
    public void A_method_answers_what_its_lexicon_says(string method)
    {
        if (!PublishedLexicons.ArePresent || OutputOf(method) is not { } schema) return;

        Assert.Empty(ShapeComparison.Output(schema, ServedMethod.All[method].Output, method).Except(OnPurpose.Keys));
    }

    [Fact]
    public void Nothing_is_excused_that_is_right()
    {
        if (!PublishedLexicons.ArePresent) return;

        var faults = ServedMethod.All.Values.SelectMany(method =>
            (InputOf(method.Nsid) is { } input ? ShapeComparison.Input(input, method.Request, method.Nsid) : [])
            .Concat(OutputOf(method.Nsid) is { } output ? ShapeComparison.Output(output, method.Output, method.Nsid) : []));

        Assert.Empty(OnPurpose.Keys.Except(faults));
    }

    [Fact]
    public void Every_kind_of_difference_is_noticed()
    {
        var schema = JsonNode.Parse("""
            {
              "required": ["did", "list"],
              "properties": {
                "did": { "type": "string", "format": "did" }, "list": { "type": "array", "items": { "type": "string", "format": "cid" } },
                "optional": { "type": "integer" }, "missing": { "type": "boolean" }
              }
            }
            """)!.AsObject();

        Assert.Empty(ShapeComparison.Input(schema, typeof(Right), "x").Except(["Right.missing is missing"]));
        Assert.Equal(
            [
                "Wrong.did is Handle where the lexicon has Did or DidKey", "Wrong.list is Cid where the lexicon has array", "Wrong.missing is missing",
                "Wrong.optional is required", "Wrong.surplus is not in the lexicon",
            ],
            ShapeComparison.Input(schema, typeof(Wrong), "x").Order(StringComparer.Ordinal));
        Assert.Contains("ShapeTests.list is not required", ShapeComparison.Output(schema, typeof(Right), "x"));
    }

    private static JsonObject? InputOf(string method)
    {
        var main = PublishedLexicons.Definition(method);
        return (main["parameters"] ?? (IsJson(main["input"]) ? main["input"]!["schema"] : null))?.AsObject();
    }

    private static JsonObject? OutputOf(string method)
    {
        var output = PublishedLexicons.Definition(method)["output"];
        if (!IsJson(output) || ServedMethod.All[method].IsPassedOn) return null;
        var schema = output!["schema"]!.AsObject();
        return (string?)schema["type"] == "ref" ? PublishedLexicons.Definition(PublishedLexicons.Resolve((string)schema["ref"]!, method)) : schema;
    }

    private static bool IsJson(JsonNode? body) => (string?)body?["encoding"] == Json && body["schema"] is not null;

    internal sealed record Right(Did Did, IReadOnlyList<Cid>? List, int Optional = 0);

    internal sealed record Wrong(Handle Did, Cid List, int Optional, string Surplus);
}
