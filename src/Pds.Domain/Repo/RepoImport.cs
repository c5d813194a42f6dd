using Pds.Domain.Data;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Repo;

/// <summary>A repo that comes from elsewhere, in the order of an export and believed only as far as it proves itself: its nodes are one canonical tree, its records are records.</summary>
/// <remarks>
/// https://atproto.com/specs/repository. That bytes match their CIDs is checked where they are let in (<see cref="Car.CarReader"/>), and a tree whose
/// links are hashes has no cycles. Whose repo it is and who signed it is the caller's question.
/// </remarks>
public static class RepoImport
{
    /// <summary>The most bytes of a node. An honest one has some hundred; this many take the making of keys for it, and cost whoever decodes them.</summary>
    public const int MaxNodeLength = 256 * 1024;

    /// <summary>The commit that a CAR names as its root.</summary>
    /// <exception cref="MissingBlockException">It is not there.</exception>
    /// <exception cref="DataModelException">It is not a commit.</exception>
    public static Commit ReadCommit(Cid root, IBlockSource blocks)
    {
        try
        {
            return root.Codec == CidCodec.DagCbor ? Commit.Decode(Fetch(root, blocks)) : throw new DataModelException("Not a DAG-CBOR block");
        }
        catch (DataModelException fault)
        {
            throw new DataModelException($"The root {root} is not a commit: {fault.Message}");
        }
    }

    /// <summary>Everything below a commit. Holds only the path to the present node in memory.</summary>
    /// <exception cref="MissingBlockException">A block is not there.</exception>
    /// <exception cref="DataModelException">The tree is not canonical, a key is not a record path, or a record is not a map in canonical DAG-CBOR.</exception>
    public static IEnumerable<ImportItem> PreOrder(Cid data, IBlockSource blocks)
    {
        var walker = new MstWalker(data);
        while (Next(walker, out var step))
        {
            var block = new Block(step.Cid, Fetch(step.Cid, blocks));
            if (step.IsNode)
            {
                Enter(walker, block, blocks.HoldsCheckedNodes);
                yield return new ImportItem(block, null);
            }
            else
            {
                yield return new ImportItem(block, CheckedPath(step.Key, block));
            }
        }
    }

    private static bool Next(MstWalker walker, out MstStep step)
    {
        try
        {
            return walker.TryNext(out step);
        }
        catch (DataModelException fault)
        {
            throw new DataModelException($"The tree is not one: {fault.Message}");
        }
    }

    private static void Enter(MstWalker walker, Block node, bool isChecked)
    {
        try
        {
            if (node.Bytes.Length > MaxNodeLength) throw new DataModelException($"It has more than {MaxNodeLength} bytes");
            walker.Enter(node.Bytes.Span, isChecked);
        }
        catch (DataModelException fault)
        {
            throw new DataModelException($"The tree node {node.Cid} is not one: {fault.Message}");
        }
    }

    private static RecordPath CheckedPath(MstKey key, Block record)
    {
        if (!RecordPath.TryParse(key.ToString(), out var path)) throw new DataModelException($"The tree key {key} is not the path of a record");
        try
        {
            CheckRecord(record);
            return path;
        }
        catch (DataModelException fault)
        {
            throw new DataModelException($"The record {path} is not one: {fault.Message}");
        }
    }

    private static void CheckRecord(Block record)
    {
        if (record.Cid.Codec != CidCodec.DagCbor) throw new DataModelException("Not a DAG-CBOR block");
        var reader = new DagCborReader(record.Bytes.Span);
        if (reader.Peek() != DagCborKind.Map) throw new DataModelException("Expected a map");
        reader.SkipValue();
        reader.EnsureEnd();
    }

    private static ReadOnlyMemory<byte> Fetch(Cid cid, IBlockSource blocks) => blocks.TryGet(cid, out var block) ? block : throw new MissingBlockException(cid);
}
