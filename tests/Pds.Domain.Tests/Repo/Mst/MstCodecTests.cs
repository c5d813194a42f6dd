using System.Buffers;
using System.Text;
using CsCheck;
using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo.Mst;

public sealed class MstCodecTests
{
    private static readonly Cid Value = Trees.Record(1).Cid;
    private static readonly Cid Subtree = MstTree.Empty.RootCid;
    private static readonly string[] Flat = [.. Enumerable.Range(0, 100).Select(i => $"com.example.a/{i:D3}").Where(text => Depth(text) == 0)];
    private static readonly string High = Enumerable.Range(0, 1000).Select(i => $"com.example.a/{i:D3}").First(text => Depth(text) == 1);

    [Fact]
    public void Every_node_has_one_encoding() =>
        Trees.Content.Sample(content =>
        {
            foreach (var block in Trees.Nodes(Trees.Build(content)))
            {
                var node = MstCodec.Decode(block.Bytes.Span, IsBare(block) ? 1 : null);
                Assert.Equal(block.Bytes.ToArray(), MstCodec.Encode(node).ToArray());
                Assert.Equal(Gaps(node), MstCodec.Links(block.Bytes.Span));
            }
        });

    [Fact]
    public void Corrupt_nodes_are_refused_or_read_as_what_they_now_are() =>
        Gen.Select(Trees.Content, Gen.Int[0, 10_000], Gen.Byte).Sample((content, position, value) =>
        {
            foreach (var block in Trees.Nodes(Trees.Build(content)))
            {
                var bytes = block.Bytes.ToArray();
                bytes[position % bytes.Length] = value;
                var error = Record.Exception(() => Assert.Equal(bytes, MstCodec.Encode(MstCodec.Decode(bytes, null)).ToArray()));
                Assert.True(error is null or DataModelException, error?.ToString());
            }
        });

    [Fact]
    public void Every_truncation_is_refused()
    {
        var block = Node(null, Entry(Flat[0], 0), Entry(Rest(Flat[0], Flat[1]), Shared(Flat[0], Flat[1])));

        Assert.NotNull(MstCodec.Decode(block, null));
        for (var length = 0; length < block.Length; length++)
        {
            var cut = block[..length];
            Assert.Throws<DataModelException>(() => MstCodec.Decode(cut, null));
        }
    }

    [Fact]
    public void Refuses_nodes_that_no_tree_has()
    {
        var shared = MstKey.SharedPrefixLength(Encoding.ASCII.GetBytes(Flat[0]), Encoding.ASCII.GetBytes(Flat[1]));

        Refuses("shares more", Node(null, Entry(Flat[0], 0), Entry(Flat[1][(shared - 1)..], shared - 1)));
        Refuses("prefix length", Node(null, Entry(Flat[0], 1)));
        Refuses("prefix length", Node(null, Entry(Flat[0], -1)));
        Refuses("prefix length", Node(null, Entry($"com.example.a/{new string('a', 1020)}", 0)));
        Refuses("ascending", Node(null, Entry(Flat[1], 0), Entry(Flat[0][shared..], shared)));
        Refuses("ascending", Node(null, Entry(Flat[0], 0), Entry("", Flat[0].Length)));
        Refuses("Invalid tree key", Node(null, Entry("com.example.a", 0)));
        Refuses("Invalid tree key", Node(null, Entry("com.example.a/a/b", 0)));
        Refuses("Invalid tree key", Node(null, Entry("com.example.a/ä", 0)));
        Refuses("Invalid tree key", Node(null, Entry("com.example.a/..", 0)));
        Refuses("wrong layer", Node(null, Entry(Flat[0], 0), Entry(Rest(Flat[0], High), Shared(Flat[0], High))), string.CompareOrdinal(Flat[0], High) < 0);
        Refuses("wrong layer", Node(null, Entry(Flat[0], 0)), layer: 1);
        Refuses("lowest layer", Node(Subtree, Entry(Flat[0], 0)));
        Refuses("lowest layer", Node(null, Entry(Flat[0], 0, Subtree)));
        Refuses("without keys", Node(Subtree));
        Refuses("without keys", Node(null), layer: 2);
        Refuses("DAG-CBOR blocks only", Node(Cid.Of(CidCodec.Raw, [1]), Entry(High, 0)));
        Refuses("after the value", [.. Node(null), 0]);
        Refuses("too soon", [0xA2, 0x61, (byte)'e', 0x9A, 0, 1, 0, 0, .. new byte[0x10000]]);
    }

    private static void Refuses(string why, byte[] block, bool applies = true, int? layer = null)
    {
        if (!applies) return;
        Assert.Contains(why, Assert.Throws<DataModelException>(() => MstCodec.Decode(block, layer)).Message, StringComparison.Ordinal);
    }

    private static int Shared(string left, string right) => MstKey.SharedPrefixLength(Encoding.ASCII.GetBytes(left), Encoding.ASCII.GetBytes(right));

    private static string Rest(string left, string right) => right[Shared(left, right)..];

    private static int Depth(string text) => MstKey.DepthOf(Encoding.ASCII.GetBytes(text));

    private static bool IsBare(Block block) => block.Bytes.Span[3] == 0x80 && MstCodec.Links(block.Bytes.Span).Count == 1;

    private static Cid[] Gaps(MstNode node) => [.. Enumerable.Range(0, node.Entries.Length + 1).Select(node.Gap).OfType<MstLink>().Select(link => link.Cid)];

    private static (string, int, Cid?) Entry(string suffix, int shared, Cid? right = null) => (suffix, shared, right);

    private static byte[] Node(Cid? left, params (string Suffix, int Shared, Cid? Right)[] entries)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new DagCborWriter(buffer);
        writer.WriteMapHeader(2);
        writer.WriteText("e"u8);
        writer.WriteArrayHeader(entries.Length);
        foreach (var (suffix, shared, right) in entries)
        {
            writer.WriteMapHeader(4);
            writer.WriteText("k"u8);
            writer.WriteBytes(Encoding.UTF8.GetBytes(suffix));
            writer.WriteText("p"u8);
            writer.WriteInteger(shared);
            writer.WriteText("t"u8);
            writer.WriteLinkOrNull(right);
            writer.WriteText("v"u8);
            writer.WriteLink(Value);
        }

        writer.WriteText("l"u8);
        writer.WriteLinkOrNull(left);
        return buffer.WrittenSpan.ToArray();
    }
}
