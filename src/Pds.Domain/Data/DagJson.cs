using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pds.Domain.Data;

/// <summary>The JSON form of the data model: links as <c>{"$link": …}</c>, bytes as <c>{"$bytes": …}</c>.</summary>
/// <remarks>https://atproto.com/specs/data-model#json-representation</remarks>
public static class DagJson
{
    private const string LinkKey = "$link";
    private const string BytesKey = "$bytes";

    /// <summary>Parses one JSON text. Throws <see cref="DataModelException"/> for what the data model has no place for, and for broken JSON.</summary>
    public static LexValue Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = LexValue.MaxDepth + 2 });
        try
        {
            reader.Read();
            var value = Read(ref reader);
            if (reader.Read()) throw new DataModelException("Unexpected text after the value");
            return value;
        }
        catch (JsonException broken)
        {
            throw new DataModelException("Invalid JSON", broken);
        }
    }

    /// <summary>Reads the value that the reader stands on, and leaves the reader on its last token.</summary>
    public static LexValue Read(ref Utf8JsonReader reader) => Read(ref reader, depth: 1);

    /// <summary>The value as one JSON text, with nothing escaped that need not be.</summary>
    public static string ToText(LexValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Write(json, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(Utf8JsonWriter json, LexValue value)
    {
        switch (value)
        {
            case LexNull: json.WriteNullValue(); break;
            case LexBoolean boolean: json.WriteBooleanValue(boolean.Value); break;
            case LexInteger integer: json.WriteNumberValue(integer.Value); break;
            case LexString text: json.WriteStringValue(text.Value); break;
            case LexBytes bytes: WriteBytes(json, bytes.Value.Span); break;
            case LexLink link: WriteLink(json, link.Value); break;
            case LexArray array:
                json.WriteStartArray();
                foreach (var item in array.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case LexObject map:
                json.WriteStartObject();
                foreach (var (key, field) in map.Fields)
                {
                    json.WritePropertyName(key);
                    Write(json, field);
                }

                json.WriteEndObject();
                break;
        }
    }

    /// <summary>Writes an encoded block as JSON without building the value in between: what a stored record is answered with.</summary>
    public static void Transcode(ReadOnlySpan<byte> dagCbor, Utf8JsonWriter json)
    {
        var reader = new DagCborReader(dagCbor);
        Transcode(ref reader, json);
        reader.EnsureEnd();
    }

    private static void Transcode(ref DagCborReader reader, Utf8JsonWriter json)
    {
        switch (reader.Peek())
        {
            case DagCborKind.Integer: json.WriteNumberValue(reader.ReadInteger()); break;
            case DagCborKind.Text: json.WriteStringValue(reader.ReadTextUtf8()); break;
            case DagCborKind.Boolean: json.WriteBooleanValue(reader.ReadBoolean()); break;
            case DagCborKind.Bytes: WriteBytes(json, reader.ReadBytes()); break;
            case DagCborKind.Link: WriteLink(json, reader.ReadLink()); break;
            case DagCborKind.Null:
                reader.ReadNull();
                json.WriteNullValue();
                break;
            case DagCborKind.Array:
                json.WriteStartArray();
                for (var count = reader.ReadArrayHeader(); count > 0; count--) Transcode(ref reader, json);
                json.WriteEndArray();
                break;
            case DagCborKind.Map:
                json.WriteStartObject();
                for (var count = reader.ReadMapHeader(); count > 0; count--)
                {
                    json.WritePropertyName(reader.ReadTextUtf8());
                    Transcode(ref reader, json);
                }

                json.WriteEndObject();
                break;
        }
    }

    private static LexValue Read(ref Utf8JsonReader reader, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return LexNull.Value;
            case JsonTokenType.True: return new LexBoolean(true);
            case JsonTokenType.False: return new LexBoolean(false);
            case JsonTokenType.String: return new LexString(ReadText(ref reader));
            case JsonTokenType.Number: return new LexInteger(ReadInteger(ref reader));
            case JsonTokenType.StartArray: return ReadArray(ref reader, depth);
            case JsonTokenType.StartObject: return ReadObject(ref reader, depth);
            default: throw new DataModelException("Expected a value");
        }
    }

    private static LexArray ReadArray(ref Utf8JsonReader reader, int depth)
    {
        EnsureDepth(depth);
        var items = new List<LexValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader, depth + 1));
        return new LexArray(items);
    }

    private static LexValue ReadObject(ref Utf8JsonReader reader, int depth)
    {
        EnsureDepth(depth);
        var fields = new Dictionary<string, LexValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = ReadText(ref reader);
            if (key == "__proto__") throw new DataModelException("The key __proto__ is not allowed");
            reader.Read();
            if (!fields.TryAdd(key, Read(ref reader, depth + 1))) throw new DataModelException($"Duplicate key: {key}");
        }

        if (fields.TryGetValue(LinkKey, out var link)) return ReadLink(fields.Count, link);
        if (fields.TryGetValue(BytesKey, out var bytes)) return ReadBytes(fields.Count, bytes);
        return Checked(new LexObject(fields));
    }

    private static LexLink ReadLink(int fieldCount, LexValue link) =>
        fieldCount == 1 && link is LexString text && Cid.TryParse(text.Value, out var cid)
            ? new LexLink(cid)
            : throw new DataModelException("Invalid $link: must be the only field, and a CID of version 1 with SHA-256 and DAG-CBOR or raw");

    private static LexBytes ReadBytes(int fieldCount, LexValue bytes)
    {
        if (fieldCount == 1 && bytes is LexString text)
        {
            var unpadded = text.Value.TrimEnd('=');
            var decoded = new byte[((unpadded.Length * 3) / 4) + 3];
            if (Convert.TryFromBase64String(unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '='), decoded, out var written))
                return new LexBytes(decoded.AsMemory(0, written));
        }

        throw new DataModelException("Invalid $bytes: must be the only field, and base64");
    }

    private static LexObject Checked(LexObject map)
    {
        if (!map.TryGet(LexObject.TypeKey, out var type)) return map;
        if (type is not LexString { Value.Length: > 0 }) throw new DataModelException("$type must be a non-empty string");
        if (map.Type == BlobRef.Type && !BlobRef.TryRead(map, out _))
            throw new DataModelException("Invalid blob: needs ref (a link), mimeType (text) and size (an integer)");
        return map;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException notUnicode) // bad UTF-8, or half a surrogate pair by escape
        {
            throw new DataModelException("Text is not valid Unicode", notUnicode);
        }
    }

    /// <summary>JavaScript writes one number as <c>1000</c>, <c>1000.0</c> or <c>1e3</c>; all are integers here, as they are for its clients.</summary>
    private static long ReadInteger(ref Utf8JsonReader reader)
    {
        if (!reader.TryGetInt64(out var integer))
        {
            var isWhole = reader.TryGetDouble(out var number) && Math.Floor(number) == number;
            if (!isWhole) throw new DataModelException("Floats are not allowed");
            integer = Math.Abs(number) <= LexValue.MaxSafeInteger ? (long)number : long.MaxValue;
        }

        return integer is >= -LexValue.MaxSafeInteger and <= LexValue.MaxSafeInteger
            ? integer
            : throw new DataModelException("Integer outside the safe range of ±(2^53 - 1)");
    }

    private static void WriteLink(Utf8JsonWriter json, Cid cid)
    {
        json.WriteStartObject();
        json.WriteString(LinkKey, cid.ToString());
        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> bytes)
    {
        var base64 = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, base64, out _, out var length);
        json.WriteStartObject();
        json.WriteString(BytesKey, base64.AsSpan(0, length).TrimEnd((byte)'='));
        json.WriteEndObject();
        ArrayPool<byte>.Shared.Return(base64);
    }

    private static void EnsureDepth(int depth)
    {
        if (depth > LexValue.MaxDepth) throw new DataModelException($"Nested deeper than {LexValue.MaxDepth} levels");
    }
}
