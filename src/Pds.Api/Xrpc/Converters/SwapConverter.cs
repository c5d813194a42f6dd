using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;

namespace Pds.Api.Xrpc.Converters;

/// <summary>Tells a swap that is <c>null</c> (there must be no record) from one that is absent (anything goes). Only ever read.</summary>
internal sealed class SwapConverter : JsonConverter<Swap>
{
    public override bool HandleNull => true;

    public override Swap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Swap.With(JsonSerializer.Deserialize<Cid?>(ref reader, options));

    public override void Write(Utf8JsonWriter writer, Swap value, JsonSerializerOptions options) => throw new NotSupportedException();
}
