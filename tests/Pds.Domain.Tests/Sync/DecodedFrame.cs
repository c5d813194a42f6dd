using Pds.Domain.Data;

namespace Pds.Domain.Tests.Sync;

/// <summary>A frame taken apart by the strict reader, which refuses anything that is not canonical.</summary>
internal sealed record DecodedFrame(LexObject Header, LexObject Body)
{
    public static DecodedFrame Of(ReadOnlySpan<byte> bytes)
    {
        var reader = new DagCborReader(bytes);
        var header = (LexObject)reader.ReadValue();
        var body = (LexObject)reader.ReadValue();
        reader.EnsureEnd();
        return new DecodedFrame(header, body);
    }
}
