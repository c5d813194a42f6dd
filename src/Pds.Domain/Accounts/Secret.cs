using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pds.Domain.Accounts;

/// <summary>A password or token in clear. Prints <c>•••</c> wherever it is careless to print it: in a log, in a debugger, as JSON.</summary>
[DebuggerDisplay("•••")]
[JsonConverter(typeof(Json))]
public sealed record Secret
{
    private const string Mask = "•••";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    private Secret(string value) => _value = value;

    public static Secret Of(string value) => new(value);

    /// <summary>The secret itself, for the one place that needs it.</summary>
    public string Reveal() => _value;

    /// <summary>Takes the same time wherever the two differ, and tells nothing of their lengths.</summary>
    public bool Equals(Secret? other) => other is not null && CryptographicOperations.FixedTimeEquals(Digest(_value), Digest(other._value));

    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal); // seeded for each process

    public override string ToString() => Mask;

    private static byte[] Digest(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    /// <summary>Reads a string; writes the mask.</summary>
    private sealed class Json : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Of(reader.GetString()!) : throw new JsonException("A secret is a string");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(Mask);
    }
}
