using System.Buffers;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Domain.Repo;

/// <summary>What a commit says before it is signed: at <paramref name="Rev"/>, the records of <paramref name="Did"/> are the tree <paramref name="Data"/>.</summary>
/// <param name="Did">Whose repo.</param>
/// <param name="Data">The root of the tree.</param>
/// <param name="Rev">Later than that of the commit before.</param>
/// <param name="Prev">The commit before. The field is always there and nearly always null: version 3 keeps no chain.</param>
/// <remarks>https://atproto.com/specs/repository#commit-objects</remarks>
public sealed record UnsignedCommit(Did Did, Cid Data, Tid Rev, Cid? Prev = null)
{
    public const int Version = 3;

    /// <summary>The bytes whose SHA-256 is signed.</summary>
    public byte[] Encode() => Encode(signature: default);

    public Commit Sign(ISigningKey key)
    {
        var signature = key.Sign(Encode());
        return new Commit(this, signature, Block.Of(Encode(signature)));
    }

    /// <summary>Keys in canonical order: shorter first. Without a signature the field is absent, not empty.</summary>
    private byte[] Encode(ReadOnlySpan<byte> signature)
    {
        var buffer = new ArrayBufferWriter<byte>(320);
        var writer = new DagCborWriter(buffer);
        writer.WriteMapHeader(signature.IsEmpty ? 5 : 6);
        writer.WriteText("did"u8);
        writer.WriteText(Did.Value);
        writer.WriteText("rev"u8);
        writer.WriteText(Rev.ToString());
        if (!signature.IsEmpty)
        {
            writer.WriteText("sig"u8);
            writer.WriteBytes(signature);
        }

        writer.WriteText("data"u8);
        writer.WriteLink(Data);
        writer.WriteText("prev"u8);
        writer.WriteLinkOrNull(Prev);
        writer.WriteText("version"u8);
        writer.WriteInteger(Version);
        return buffer.WrittenSpan.ToArray();
    }
}
