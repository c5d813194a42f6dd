using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Conformance.Tests.Vectors;

public sealed class FirehoseVectors
{
    private const string AddOnTheEdge = """
        {
          "leafValue": "bafyreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454",
          "keys": ["A0/374913", "B2/827649", "C0/451630"],
          "adds": ["D2/269196"],
          "dels": [],
          "rootBeforeCommit": "bafyreigc6ay2qwfk7kuevvrczummpd64nknfo4yxpaooknfymzyb7u3ntq",
          "rootAfterCommit": "bafyreign6kxoll35r5f2ske6hjx7vg56aw3jn6r5hcopgrepzafpvohr2a",
          "blocksInProof": [
            "bafyreieazvzmba35p4phksumwfoklwe5o4ncmo7otud74idcyv4orrbzxi",
            "bafyreidicvcjgrpm5bmhm3ndh2ysqfhgzk4chwn3m4kuvwkenfusspb4uy",
            "bafyreign6kxoll35r5f2ske6hjx7vg56aw3jn6r5hcopgrepzafpvohr2a"
          ]
        }
        """;

    [Theory, InteropItems("firehose/commit-proof-fixtures.json", AddOnTheEdge)]
    public void A_commit_has_the_root_and_the_covering_proof_of_the_fixture(string item)
    {
        var fixture = JsonDocument.Parse(item).RootElement;
        var value = Cid.Parse(fixture.GetProperty("leafValue").GetString()!);

        var before = Keys(fixture, "keys").Aggregate(MstTree.Empty, (tree, key) => tree.Put(key, value, out _));
        var added = Keys(fixture, "adds").Aggregate(before, (tree, key) => tree.Put(key, value, out _));
        var after = Keys(fixture, "dels").Aggregate(added, (tree, key) => tree.Remove(key, out _));
        var proof = new BlockSet();
        foreach (var key in Keys(fixture, "adds").Concat(Keys(fixture, "dels"))) MstProof.Covering(after, key, proof);

        Assert.Equal(Cid.Parse(fixture.GetProperty("rootBeforeCommit").GetString()!), before.RootCid);
        Assert.Equal(Cid.Parse(fixture.GetProperty("rootAfterCommit").GetString()!), after.RootCid);
        Assert.Equal(Strings(fixture, "blocksInProof").Order(), proof.Select(block => block.Cid.ToString()).Order());
    }

    [Theory, InteropItems("firehose/commit-proof-fixtures.json", AddOnTheEdge)]
    public void The_covering_proof_alone_inverts_the_commit(string item)
    {
        var fixture = JsonDocument.Parse(item).RootElement;
        var value = Cid.Parse(fixture.GetProperty("leafValue").GetString()!);
        MstChange[] changes =
        [
            .. Keys(fixture, "adds").Select(key => new MstChange(key, value, null)),
            .. Keys(fixture, "dels").Select(key => new MstChange(key, null, value)),
        ];

        var after = Keys(fixture, "keys").Concat(Keys(fixture, "adds")).Except(Keys(fixture, "dels"))
            .Aggregate(MstTree.Empty, (tree, key) => tree.Put(key, value, out _));
        var proof = new BlockSet();
        foreach (var change in changes) MstProof.Covering(after, change.Key, proof);

        Assert.Equal(fixture.GetProperty("rootBeforeCommit").GetString(), MstInvert.Undo(after.RootCid, proof, changes).ToString());
        Assert.Equal(fixture.GetProperty("rootBeforeCommit").GetString(), MstInvert.Undo(after.RootCid, proof, changes.Reverse()).ToString());
    }

    private static IEnumerable<MstKey> Keys(JsonElement fixture, string name) => Strings(fixture, name).Select(MstKey.Parse);

    private static IEnumerable<string> Strings(JsonElement fixture, string name) => fixture.GetProperty(name).EnumerateArray().Select(text => text.GetString()!);
}
