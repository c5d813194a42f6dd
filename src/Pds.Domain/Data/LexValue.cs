namespace Pds.Domain.Data;

/// <summary>A value of the atproto data model (https://atproto.com/specs/data-model): what records are made of.</summary>
public abstract record LexValue
{
    /// <summary>How deep maps and lists may nest; the outermost counts as 1.</summary>
    public const int MaxDepth = 64;

    /// <summary>The largest integer (and, negated, the smallest) that every client, JavaScript included, can hold: 2⁵³ − 1.</summary>
    public const long MaxSafeInteger = (1L << 53) - 1;

    private protected LexValue()
    {
    }
}

public sealed record LexNull : LexValue
{
    public static readonly LexNull Value = new();

    private LexNull()
    {
    }
}

public sealed record LexBoolean(bool Value) : LexValue;

public sealed record LexInteger(long Value) : LexValue;

public sealed record LexString(string Value) : LexValue;

public sealed record LexLink(Cid Value) : LexValue;

public sealed record LexBytes(ReadOnlyMemory<byte> Value) : LexValue
{
    public bool Equals(LexBytes? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Value.Span);
        return hash.ToHashCode();
    }
}

public sealed record LexArray(IReadOnlyList<LexValue> Items) : LexValue
{
    public bool Equals(LexArray? other) => other is not null && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Aggregate(Items.Count, HashCode.Combine);
}
