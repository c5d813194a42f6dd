using System.Text;
using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Conformance.Tests.Vectors;

public sealed class MstVectors
{
    // Roots that the protocol's implementations agree on.
    private const string Value = "bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454";
    private const string EmptyRoot = "bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm";
    private const string OneKeyRoot = "bafyreibj4lsc3aqnrvphp5xmrnfoorvru4wynt6lwidqbm2623a6tatzdu";

    [Theory, InteropItems("mst/key_heights.json", """{"key":"blue","height":1}""", """{"key":"app.bsky.feed.post/9adeb165882c","height":8}""")]
    public void A_key_has_the_depth_of_its_hash(string item)
    {
        using var fixture = JsonDocument.Parse(item);
        var key = Encoding.UTF8.GetBytes(fixture.RootElement.GetProperty("key").GetString()!);

        Assert.Equal(fixture.RootElement.GetProperty("height").GetInt32(), MstKey.DepthOf(key));
    }

    [Theory, InteropItems("mst/common_prefix.json", """{"left":"abcde","right":"abc1","len":3}""", """{"left":"","right":"abc","len":0}""")]
    public void Two_keys_share_a_prefix_of_so_many_bytes(string item)
    {
        using var fixture = JsonDocument.Parse(item);
        var left = Encoding.UTF8.GetBytes(fixture.RootElement.GetProperty("left").GetString()!);
        var right = Encoding.UTF8.GetBytes(fixture.RootElement.GetProperty("right").GetString()!);

        Assert.Equal(fixture.RootElement.GetProperty("len").GetInt32(), MstKey.SharedPrefixLength(left, right));
    }

    [Theory, InteropLines("mst/example_keys.txt", "A0/374913", "D2/269196")]
    public void An_example_key_has_the_depth_it_is_named_after(string line)
    {
        var key = MstKey.Parse(line);

        Assert.Equal(line, key.ToString());
        Assert.Equal(line[1] - '0', key.Depth);
    }

    [Fact]
    public void The_example_keys_give_one_root_in_any_order()
    {
        var keys = InteropFiles.Lines("mst/example_keys.txt").DefaultIfEmpty("A0/374913").Select(MstKey.Parse).ToArray();

        var forwards = keys.Aggregate(MstTree.Empty, (tree, key) => tree.Put(key, Cid.Parse(Value), out _));
        var backwards = keys.Reverse().Aggregate(MstTree.Empty, (tree, key) => tree.Put(key, Cid.Parse(Value), out _));

        Assert.Equal(forwards.RootCid, backwards.RootCid);
        Assert.Equal(keys.Order(), forwards.Walk().Select(leaf => leaf.Key));
    }

    [Fact]
    public void The_empty_tree_and_the_tree_of_one_key_have_the_known_roots()
    {
        var one = MstTree.Empty.Put(MstKey.Parse("com.example.record/3jqfcqzm3fo2j"), Cid.Parse(Value), out _);

        Assert.Equal(Cid.Parse(EmptyRoot), MstTree.Empty.RootCid);
        Assert.Equal(Cid.Parse(OneKeyRoot), one.RootCid);
    }
}
