using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Pds.Api.Xrpc.Converters;
using Pds.Domain.Data;

namespace Pds.Api.Xrpc;

/// <summary>How requests and answers are written: the lexicons' names, absent instead of null, everything that is required required.</summary>
internal static class XrpcJson
{
    /// <summary>How much deeper than the deepest record a body may nest: applyWrites puts a record into an object of a list of an object.</summary>
    private const int Envelope = 6;

    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // JSON for programs, never pasted into HTML
            RespectRequiredConstructorParameters = true,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            AllowOutOfOrderMetadataProperties = true, // $type may stand anywhere
            MaxDepth = LexValue.MaxDepth + Envelope,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RefuseNullInLists } },
        };
        options.Converters.Add(new SyntaxConverterFactory());
        options.Converters.Add(new LexObjectConverter());
        options.Converters.Add(new BlobRefConverter());
        options.Converters.Add(new EncodedRecordConverter());
        options.Converters.Add(new DidDocumentConverter());
        options.Converters.Add(new AccountStatusConverter());
        options.Converters.Add(new SwapConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }

    /// <summary>No lexicon has a list with nulls in it, and <see cref="JsonSerializerOptions.RespectNullableAnnotations"/> does not look into lists.</summary>
    private static void RefuseNullInLists(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Enumerable || type.ElementType is not { IsValueType: false }) return;
        type.OnDeserialized = static list =>
        {
            var index = 0;
            foreach (var element in (IEnumerable)list)
            {
                if (element is null) throw new NullInListException(index);
                index++;
            }
        };
    }
}
