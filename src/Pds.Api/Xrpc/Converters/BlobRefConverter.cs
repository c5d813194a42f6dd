using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Domain.Data;

namespace Pds.Api.Xrpc.Converters;

/// <summary>A blob reference as it stands in records. Only ever written.</summary>
internal sealed class BlobRefConverter : JsonConverter<BlobRef>
{
    public override BlobRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, BlobRef value, JsonSerializerOptions options) => DagJson.Write(writer, value.ToLex());
}
