using System.Text.Json;
using System.Text.Json.Serialization;
using Pds.Domain.Syntax;

namespace Pds.Api.Xrpc.Converters;

/// <summary>Every string format of the protocol, by its one contract.</summary>
internal sealed class SyntaxConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ISyntax<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T> where T : ISyntax<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("Expected string value type");
            var text = reader.GetString()!;
            return T.TryParse(text, out var value) ? value : throw new JsonException($"Invalid {AtSyntax.NameOf<T>()} (got \"{text}\")");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
