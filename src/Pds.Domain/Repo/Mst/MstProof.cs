namespace Pds.Domain.Repo.Mst;

/// <summary>The nodes that show what a tree says of a key.</summary>
/// <remarks>https://atproto.com/specs/sync. Blocks are added to a <see cref="BlockSet"/>, so that proofs of many keys share what they can.</remarks>
public static class MstProof
{
    /// <summary>The nodes from the root to the key, or to the gap where it would be: proves its value, or that it is absent.</summary>
    public static void Path(MstTree tree, MstKey key, BlockSet proof) => Descend(tree, key, proof);

    /// <summary>
    /// The path, and the facing edges of the two subtrees beside the key: all that it takes to remove the key again. If the key is absent, the path is
    /// all that it takes to put it back.
    /// </summary>
    public static void Covering(MstTree tree, MstKey key, BlockSet proof)
    {
        if (Descend(tree, key, proof) is not var (node, index)) return;
        Edge(tree.Source, node.Gap(index), node.Layer - 1, proof, rightmost: true);
        Edge(tree.Source, node.Gap(index + 1), node.Layer - 1, proof, rightmost: false);
    }

    private static (MstNode Node, int Index)? Descend(MstTree tree, MstKey key, BlockSet proof)
    {
        var (link, layer) = (tree.Root, (int?)null);
        while (true)
        {
            var node = link.Load(tree.Source, layer);
            proof.Add(link.Block(tree.Source));
            var index = node.Find(key, out var found);
            if (found) return (node, index);
            if (node.Gap(index) is not { } gap) return null;
            (link, layer) = (gap, node.Layer - 1);
        }
    }

    private static void Edge(IBlockSource source, MstLink? link, int layer, BlockSet proof, bool rightmost)
    {
        for (; link is not null; layer--)
        {
            var node = link.Load(source, layer);
            proof.Add(link.Block(source));
            link = node.Gap(rightmost ? node.Entries.Length : 0);
        }
    }
}
