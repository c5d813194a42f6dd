using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Pds.Domain.Data;

/// <summary>Reads canonical DAG-CBOR and nothing else: every other encoding of the same value is refused, so a value has exactly one CID.</summary>
/// <remarks>Whatever is wrong, unbounded or cut short is a <see cref="DataModelException"/>.</remarks>
public ref struct DagCborReader(ReadOnlySpan<byte> bytes)
{
    private const int LinkTag = 42;
    private const int LinkLength = Cid.ByteLength + 1;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>How many bytes have been read.</summary>
    public readonly int Position => _position;

    public readonly bool AtEnd => _position == _bytes.Length;

    /// <summary>Decodes one value that fills all of the bytes.</summary>
    public static LexValue Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new DagCborReader(bytes);
        var value = reader.ReadValue();
        reader.EnsureEnd();
        return value;
    }

    /// <summary>Decodes one map that fills all of the bytes: every record and every commit is one.</summary>
    public static LexObject DecodeObject(ReadOnlySpan<byte> bytes) =>
        Decode(bytes) as LexObject ?? throw new DataModelException("Expected a map");

    public readonly DagCborKind Peek()
    {
        if (AtEnd) throw CutShort();
        var head = _bytes[_position];
        return (head & 0xE0) switch
        {
            CborMajor.Unsigned or CborMajor.Negative => DagCborKind.Integer,
            CborMajor.Bytes => DagCborKind.Bytes,
            CborMajor.Text => DagCborKind.Text,
            CborMajor.Array => DagCborKind.Array,
            CborMajor.Map => DagCborKind.Map,
            CborMajor.Tag => DagCborKind.Link,
            _ => head switch
            {
                CborMajor.FalseByte or CborMajor.TrueByte => DagCborKind.Boolean,
                CborMajor.NullByte => DagCborKind.Null,
                _ => throw new DataModelException("Floats and simple values other than true, false and null are not allowed"),
            },
        };
    }

    public long ReadInteger()
    {
        var head = AtEnd ? throw CutShort() : _bytes[_position] & 0xE0;
        if (head is not (CborMajor.Unsigned or CborMajor.Negative)) throw Unexpected("an integer");
        var argument = ReadArgument();
        if (argument > long.MaxValue) throw new DataModelException("Integer out of range");
        return head == CborMajor.Unsigned ? (long)argument : ~(long)argument;
    }

    public bool ReadBoolean() => Take(1)[0] switch
    {
        CborMajor.TrueByte => true,
        CborMajor.FalseByte => false,
        _ => throw Unexpected("a boolean"),
    };

    public void ReadNull()
    {
        if (Take(1)[0] != CborMajor.NullByte) throw Unexpected("null");
    }

    /// <summary>Reads a null if one comes next; says whether it did.</summary>
    public bool TryReadNull()
    {
        if (AtEnd || _bytes[_position] != CborMajor.NullByte) return false;
        _position++;
        return true;
    }

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadLength(CborMajor.Bytes, "bytes"));

    /// <summary>Text as UTF-8, checked.</summary>
    public ReadOnlySpan<byte> ReadTextUtf8()
    {
        var utf8 = Take(ReadLength(CborMajor.Text, "text"));
        return Utf8.IsValid(utf8) ? utf8 : throw new DataModelException("Text is not valid UTF-8");
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadTextUtf8());

    public Cid ReadLink()
    {
        if (AtEnd) throw CutShort();
        if ((_bytes[_position] & 0xE0) != CborMajor.Tag) throw Unexpected("a link");
        if (ReadArgument() != LinkTag) throw new DataModelException("The only tag allowed is 42, a link");
        var bytes = ReadBytes();
        return bytes.Length == LinkLength && bytes[0] == 0 && Cid.TryFromBytes(bytes[1..], out var cid)
            ? cid
            : throw new DataModelException("Invalid link: not a CID of version 1 with SHA-256 and DAG-CBOR or raw");
    }

    public int ReadArrayHeader() => ReadLength(CborMajor.Array, "a list");

    public int ReadMapHeader() => ReadLength(CborMajor.Map, "a map");

    /// <summary>Reads the next key of a map; <paramref name="previous"/> is the one before it (empty for the first), and both must be in canonical order.</summary>
    public ReadOnlySpan<byte> ReadKey(ReadOnlySpan<byte> previous, bool isFirst)
    {
        var key = ReadTextUtf8();
        if (isFirst) return key;
        var order = previous.Length != key.Length ? previous.Length.CompareTo(key.Length) : previous.SequenceCompareTo(key);
        return order < 0 ? key : throw new DataModelException(order == 0 ? "Duplicate map key" : "Map keys are not in canonical order");
    }

    /// <summary>Reads the next key and requires it to be this one.</summary>
    public void ExpectKey(ReadOnlySpan<byte> key)
    {
        if (!ReadTextUtf8().SequenceEqual(key)) throw new DataModelException($"Expected the key '{Encoding.UTF8.GetString(key)}'");
    }

    public LexValue ReadValue() => ReadValue(depth: 1);

    /// <summary>Passes over one value, checking it like any other, and returns its bytes.</summary>
    public ReadOnlySpan<byte> SkipValue()
    {
        var start = _position;
        Skip(depth: 1);
        return _bytes[start.._position];
    }

    public readonly void EnsureEnd()
    {
        if (!AtEnd) throw new DataModelException("Unexpected bytes after the value");
    }

    private LexValue ReadValue(int depth)
    {
        switch (Peek())
        {
            case DagCborKind.Integer: return new LexInteger(ReadInteger());
            case DagCborKind.Bytes: return new LexBytes(ReadBytes().ToArray());
            case DagCborKind.Text: return new LexString(ReadText());
            case DagCborKind.Link: return new LexLink(ReadLink());
            case DagCborKind.Boolean: return new LexBoolean(ReadBoolean());
            case DagCborKind.Null:
                ReadNull();
                return LexNull.Value;
            case DagCborKind.Array: return ReadArray(depth);
            default: return ReadMap(depth);
        }
    }

    private LexArray ReadArray(int depth)
    {
        EnsureDepth(depth);
        var count = ReadArrayHeader();
        var items = new LexValue[count];
        for (var i = 0; i < count; i++) items[i] = ReadValue(depth + 1);
        return new LexArray(items);
    }

    private LexObject ReadMap(int depth)
    {
        EnsureDepth(depth);
        var count = ReadMapHeader();
        var fields = new Dictionary<string, LexValue>(count);
        ReadOnlySpan<byte> key = default;
        for (var i = 0; i < count; i++)
        {
            key = ReadKey(key, isFirst: i == 0);
            fields.Add(Encoding.UTF8.GetString(key), ReadValue(depth + 1));
        }

        return new LexObject(fields);
    }

    private void Skip(int depth)
    {
        switch (Peek())
        {
            case DagCborKind.Integer: ReadInteger(); break;
            case DagCborKind.Bytes: ReadBytes(); break;
            case DagCborKind.Text: ReadTextUtf8(); break;
            case DagCborKind.Link: ReadLink(); break;
            case DagCborKind.Boolean: ReadBoolean(); break;
            case DagCborKind.Null: ReadNull(); break;
            case DagCborKind.Array:
                EnsureDepth(depth);
                for (var count = ReadArrayHeader(); count > 0; count--) Skip(depth + 1);
                break;
            default:
                EnsureDepth(depth);
                var fields = ReadMapHeader();
                ReadOnlySpan<byte> key = default;
                for (var i = 0; i < fields; i++)
                {
                    key = ReadKey(key, isFirst: i == 0);
                    Skip(depth + 1);
                }

                break;
        }
    }

    /// <summary>A length that the rest of the bytes could hold: every item takes at least one byte, so a forged count reserves nothing.</summary>
    private int ReadLength(byte major, string what)
    {
        if (AtEnd) throw CutShort();
        if ((_bytes[_position] & 0xE0) != major) throw Unexpected(what);
        var length = ReadArgument();
        return length <= (ulong)(_bytes.Length - _position) ? (int)length : throw CutShort();
    }

    private ulong ReadArgument()
    {
        var info = Take(1)[0] & 0x1F;
        var (argument, least) = info switch
        {
            < CborMajor.OneByte => ((ulong)info, 0UL),
            CborMajor.OneByte => (Take(1)[0], CborMajor.OneByte),
            CborMajor.TwoBytes => (BinaryPrimitives.ReadUInt16BigEndian(Take(2)), byte.MaxValue + 1UL),
            CborMajor.FourBytes => (BinaryPrimitives.ReadUInt32BigEndian(Take(4)), ushort.MaxValue + 1UL),
            CborMajor.EightBytes => (BinaryPrimitives.ReadUInt64BigEndian(Take(8)), uint.MaxValue + 1UL),
            _ => throw new DataModelException("Indefinite lengths are not allowed"),
        };
        return argument >= least ? argument : throw new DataModelException("A number is not in its shortest form");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position) throw CutShort();
        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    private static void EnsureDepth(int depth)
    {
        if (depth > LexValue.MaxDepth) throw new DataModelException($"Nested deeper than {LexValue.MaxDepth} levels");
    }

    private static DataModelException Unexpected(string wanted) => new($"Expected {wanted}");

    private static DataModelException CutShort() => new("The data ends too soon");
}
