using System.Formats.Cbor;
using CsCheck;
using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Conformance.Tests.Oracles;

/// <summary>Our codec against one that others wrote: the platform's, in its canonical mode, which orders keys as DAG-CBOR does.</summary>
public sealed class DagCborOracleTests
{
    private const CborTag LinkTag = (CborTag)42;

    [Fact]
    public void The_platform_reads_what_we_write() => RandomLex.Value.Sample(value =>
    {
        var reader = new CborReader(DagCborWriter.Encode(value), CborConformanceMode.Canonical);

        Assert.Equal(value, Read(reader));
        Assert.Equal(0, reader.BytesRemaining);
    });

    [Fact]
    public void We_write_and_read_what_the_platform_writes() => RandomLex.Value.Sample(value =>
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        Write(writer, value);
        var bytes = writer.Encode();

        Assert.Equal(bytes, DagCborWriter.Encode(value));
        Assert.Equal(value, DagCborReader.Decode(bytes));
    });

    [Fact]
    public void What_we_read_the_platform_reads_too() => Gen.Byte.Array[1, 40].Sample(bytes =>
    {
        LexValue value;
        try
        {
            value = DagCborReader.Decode(bytes);
        }
        catch (DataModelException)
        {
            return;
        }

        Assert.Equal(value, Read(new CborReader(bytes, CborConformanceMode.Canonical)));
    }, iter: 20_000);

    [Fact]
    public void The_oracle_notices_keys_in_another_order() => Assert.Throws<CborContentException>(() =>
    {
        Read(new CborReader(Convert.FromHexString("a262616100616200"), CborConformanceMode.Canonical));
    });

    private static LexValue Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger: return new LexInteger(reader.ReadInt64());
            case CborReaderState.TextString: return new LexString(reader.ReadTextString());
            case CborReaderState.ByteString: return new LexBytes(reader.ReadByteString());
            case CborReaderState.Boolean: return new LexBoolean(reader.ReadBoolean());
            case CborReaderState.Null:
                reader.ReadNull();
                return LexNull.Value;
            case CborReaderState.Tag:
                Assert.Equal(LinkTag, reader.ReadTag());
                var link = reader.ReadByteString();
                Assert.Equal(0, link[0]);
                return new LexLink(Cid.FromBytes(link.AsSpan(1)));
            case CborReaderState.StartArray:
                var items = new LexValue[reader.ReadStartArray() ?? -1];
                for (var i = 0; i < items.Length; i++) items[i] = Read(reader);
                reader.ReadEndArray();
                return new LexArray(items);
            default:
                var fields = new Dictionary<string, LexValue>();
                for (var left = reader.ReadStartMap() ?? -1; left > 0; left--) fields.Add(reader.ReadTextString(), Read(reader));
                reader.ReadEndMap();
                return new LexObject(fields);
        }
    }

    private static void Write(CborWriter writer, LexValue value)
    {
        switch (value)
        {
            case LexInteger integer: writer.WriteInt64(integer.Value); break;
            case LexString text: writer.WriteTextString(text.Value); break;
            case LexBytes bytes: writer.WriteByteString(bytes.Value.Span); break;
            case LexBoolean boolean: writer.WriteBoolean(boolean.Value); break;
            case LexLink link:
                writer.WriteTag(LinkTag);
                writer.WriteByteString([0, .. link.Value.ToBytes()]);
                break;
            case LexArray array:
                writer.WriteStartArray(array.Items.Count);
                foreach (var item in array.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case LexObject map:
                writer.WriteStartMap(map.Count);
                foreach (var (key, field) in map.Fields)
                {
                    writer.WriteTextString(key);
                    Write(writer, field);
                }

                writer.WriteEndMap();
                break;
            default: writer.WriteNull(); break;
        }
    }
}
