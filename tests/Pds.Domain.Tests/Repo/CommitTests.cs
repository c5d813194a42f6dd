using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Repo;

public sealed class CommitTests : IDisposable
{
    private readonly TestKey _key = new();
    private readonly UnsignedCommit _unsigned = new(Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"), MstTree.Empty.RootCid, Tid.Parse("3jzfcijpj2z2a"));

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Survives_encoding_and_verifies()
    {
        var commit = _unsigned.Sign(_key);

        var decoded = Commit.Decode(commit.Block.Bytes);

        Assert.Equal(_unsigned, decoded.Unsigned);
        Assert.Equal(commit.Cid, decoded.Cid);
        Assert.True(decoded.Verify(_key, _key.PublicKey));
    }

    [Fact]
    public void Is_the_unsigned_map_with_a_signature_and_a_null_prev()
    {
        var commit = _unsigned.Sign(_key);
        var map = DagCborReader.DecodeObject(commit.Block.Bytes.Span);

        Assert.Equal(["did", "rev", "sig", "data", "prev", "version"], map.Fields.Select(field => field.Key));
        Assert.Equal(LexNull.Value, map["prev"]);
        Assert.Equal(new LexInteger(3), map["version"]);
        Assert.Equal(_unsigned.Encode(), DagCborWriter.Encode(Without(map, "sig")));
    }

    [Fact]
    public void A_prev_is_kept_and_signed()
    {
        var chained = _unsigned with { Prev = _unsigned.Data };

        var decoded = Commit.Decode(chained.Sign(_key).Block.Bytes);

        Assert.Equal(chained, decoded.Unsigned);
        Assert.True(decoded.Verify(_key, _key.PublicKey));
        Assert.NotEqual(_unsigned.Encode(), chained.Encode());
    }

    [Fact]
    public void Does_not_verify_once_anything_is_changed()
    {
        var map = DagCborReader.DecodeObject(_unsigned.Sign(_key).Block.Bytes.Span);

        var later = Commit.Decode(DagCborWriter.Encode(map.With("rev", new LexString("3jzfcijpj2z2b"))));

        Assert.False(later.Verify(_key, _key.PublicKey));
    }

    [Theory]
    [InlineData("did", "did:plc:")]
    [InlineData("rev", "now")]
    [InlineData("sig", "text")]
    [InlineData("data", null)]
    [InlineData("prev", "text")]
    [InlineData("version", null)]
    public void Refuses_a_field_that_is_not_what_it_must_be(string field, string? value)
    {
        var map = DagCborReader.DecodeObject(_unsigned.Sign(_key).Block.Bytes.Span).With(field, value is null ? LexNull.Value : new LexString(value));

        Assert.Throws<DataModelException>(() => Commit.Decode(DagCborWriter.Encode(map)));
    }

    [Fact]
    public void Refuses_other_versions_missing_fields_and_fields_too_many()
    {
        var map = DagCborReader.DecodeObject(_unsigned.Sign(_key).Block.Bytes.Span);

        Assert.Throws<DataModelException>(() => Commit.Decode(DagCborWriter.Encode(map.With("version", new LexInteger(2)))));
        Assert.Throws<DataModelException>(() => Commit.Decode(DagCborWriter.Encode(map.With("sig", new LexBytes(new byte[63])))));
        Assert.Throws<DataModelException>(() => Commit.Decode(DagCborWriter.Encode(map.With("more", LexNull.Value))));
        Assert.Throws<DataModelException>(() => Commit.Decode(DagCborWriter.Encode(Without(map, "prev"))));
        Assert.Throws<DataModelException>(() => Commit.Decode(_unsigned.Encode()));
    }

    private static LexObject Without(LexObject map, string key) => new(map.Fields.Where(field => field.Key != key).ToDictionary());
}
