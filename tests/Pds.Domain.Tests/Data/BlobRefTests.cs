using Pds.Domain.Data;

namespace Pds.Domain.Tests.Data;

public sealed class BlobRefTests
{
    private static readonly Cid Cid = Cid.Of(CidCodec.Raw, "a blob"u8);

    [Fact]
    public void Every_form_that_records_ever_had_is_a_mention()
    {
        var old = Map(("cid", new LexString(Cid.ToString())), ("mimeType", new LexString("image/png")));
        var unsized = new BlobRef(Cid, "image/png", -1).ToLex();

        Assert.Equal([Cid], BlobRef.CidsIn(new BlobRef(Cid, "image/png", 5).ToLex()));
        Assert.Equal([Cid], BlobRef.CidsIn(old));
        Assert.Equal([Cid], BlobRef.CidsIn(unsized));
        Assert.False(BlobRef.TryRead(unsized, out _)); // but nobody writes it so today
        Assert.False(BlobRef.TryRead(old, out _));
    }

    [Fact]
    public void Mentions_are_found_however_deep()
    {
        var second = Cid.Of(CidCodec.Raw, "another"u8);
        var record = Map(
            ("embed", Map(("images", new LexArray([Map(("image", new BlobRef(Cid, "image/png", 5).ToLex())), new BlobRef(second, "image/png", 5).ToLex()])))),
            ("text", new LexString("hello")));

        Assert.Equal([Cid, second], BlobRef.CidsIn(record));
    }

    [Fact]
    public void A_link_by_itself_is_no_mention()
    {
        Assert.Empty(BlobRef.CidsIn(Map(("ref", new LexLink(Cid)))));
        Assert.Empty(BlobRef.CidsIn(Map(("cid", new LexString(Cid.ToString())), ("uri", new LexString("at://x")))));
        Assert.Empty(BlobRef.CidsIn(Map(("cid", new LexString("nonsense")), ("mimeType", new LexString("image/png")))));
    }

    private static LexObject Map(params (string Key, LexValue Value)[] fields) => new(fields.ToDictionary(field => field.Key, field => field.Value));
}
