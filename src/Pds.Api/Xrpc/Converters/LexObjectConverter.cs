using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Domain.Data;

namespace Pds.Api.Xrpc.Converters;

/// <summary>Records as the data model's JSON.</summary>
internal sealed class LexObjectConverter : JsonConverter<LexObject>
{
    public override LexObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DagJson.Read(ref reader) as LexObject ?? throw new JsonException("Expected object value type");

    public override void Write(Utf8JsonWriter writer, LexObject value, JsonSerializerOptions options) => DagJson.Write(writer, value);
}
