using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;

namespace Pds.Api.Xrpc.Converters;

/// <summary>A stored record, from its DAG-CBOR straight to JSON. Only ever written.</summary>
internal sealed class EncodedRecordConverter : JsonConverter<EncodedRecord>
{
    public override EncodedRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, EncodedRecord value, JsonSerializerOptions options) =>
        DagJson.Transcode(value.DagCbor.Span, writer);
}
