namespace Pds.Domain.Repo.Mst;

/// <summary>The nodes that show what a tree says of a key.</summary>
/// <remarks>https://atproto.com/specs/sync. Blocks are added to a <see cref="BlockSet"/>, so that proofs of many keys share what they can.</remarks>
public static class MstProof
{
    /// <summary>The nodes from the root to the key, or to the gap where it would be: proves its value, or that it is absent.</summary>
    public static void Path(MstTree tree, MstKey key, BlockSet proof) => Collect(tree, tree.Root, null, key, proof, bothSides: false);

    /// <summary>
    /// The path, and the facing edges of the two subtrees beside the key: all that it takes to remove the key again. If the key is absent, the path is
    /// all that it takes to put it back.
    /// </summary>
    public static void Covering(MstTree tree, MstKey key, BlockSet proof) => Collect(tree, tree.Root, null, key, proof, bothSides: true);

    // Below the key, looking for it again leads down the right edge of its left subtree and the left edge of its right one.
    private static void Collect(MstTree tree, MstLink link, int? layer, MstKey key, BlockSet proof, bool bothSides)
    {
        var node = link.Load(tree.Source, layer);
        proof.Add(link.Block(tree.Source));
        var index = node.Find(key, out var found);
        if (found && !bothSides) return;
        if (node.Gap(index) is { } left) Collect(tree, left, node.Layer - 1, key, proof, bothSides);
        if (found && node.Gap(index + 1) is { } right) Collect(tree, right, node.Layer - 1, key, proof, bothSides);
    }
}
