using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Domain.Identity;

namespace Pds.Api.Xrpc.Converters;

/// <summary>A DID document as it was published. Only ever written.</summary>
internal sealed class DidDocumentConverter : JsonConverter<DidDocument>
{
    public override DidDocument Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, DidDocument value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json.Span);
}
