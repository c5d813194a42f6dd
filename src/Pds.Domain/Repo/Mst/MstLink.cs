using System.Diagnostics.CodeAnalysis;
using Pds.Domain.Data;

namespace Pds.Domain.Repo.Mst;

/// <summary>A link to a node: by CID and loaded when it is first looked at, or made here and hashed when its CID is first asked for.</summary>
/// <remarks>Both happen once. What a link stands for never changes, so trees share links freely.</remarks>
internal sealed class MstLink
{
    private MstNode? _node;
    private Block? _block;

    private MstLink(Cid stored) => (Stored, IsStored) = (stored, true);

    private MstLink(MstNode made) => _node = made;

    /// <summary>True for a node of the tree that was loaded; false for one made since, whatever its CID.</summary>
    public bool IsStored { get; }

    private Cid Stored { get; }

    public Cid Cid => IsStored ? Stored : Encoded().Cid;

    public static MstLink To(Cid cid) => new(cid);

    public static MstLink To(MstNode made) => new(made);

    /// <summary>The node, if it was looked at before.</summary>
    public bool TryGetLoaded([NotNullWhen(true)] out MstNode? node) => (node = _node) is not null;

    /// <summary>The node; <paramref name="layer"/> is where it must stand, or null for a root.</summary>
    /// <exception cref="MissingBlockException">The source does not have it.</exception>
    /// <exception cref="DataModelException">It is not a canonical node, or stands on another layer.</exception>
    public MstNode Load(IBlockSource source, int? layer)
    {
        if (_node is not null) return _node;
        var block = Fetch(source);
        var node = MstCodec.Decode(block.Bytes.Span, layer, source.HoldsCheckedNodes);
        _block = block;
        return _node = node;
    }

    /// <summary>As <see cref="Load"/>, but keeps nothing: for walks over more of the tree than fits in memory.</summary>
    public MstNode Glance(IBlockSource source, int? layer) => _node ?? MstCodec.Decode(Fetch(source).Bytes.Span, layer, source.HoldsCheckedNodes);

    /// <summary>The node's block.</summary>
    public Block Block(IBlockSource source) => IsStored ? _block ?? Fetch(source) : Encoded();

    private Block Encoded() => _block ??= Data.Block.Of(MstCodec.Encode(_node!));

    private Block Fetch(IBlockSource source) => source.TryGet(Stored, out var bytes) ? new Block(Stored, bytes) : throw new MissingBlockException(Stored);
}
