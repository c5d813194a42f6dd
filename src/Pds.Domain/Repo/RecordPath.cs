using System.Diagnostics.CodeAnalysis;
using System.Text;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;

namespace Pds.Domain.Repo;

/// <summary>The name of a record in its repo: <c>app.bsky.feed.post/3jzfcijpj2z2a</c>.</summary>
/// <remarks>https://atproto.com/specs/repository#repo-data-structure-v3. At most 830 characters, so every path fits an <see cref="MstKey"/>.</remarks>
public sealed record RecordPath(Nsid Collection, RecordKey Rkey) : ISyntax<RecordPath>
{
    /// <summary>The path as the tree's key.</summary>
    public MstKey Key
    {
        get
        {
            var collection = Collection.Value;
            var utf8 = new byte[collection.Length + 1 + Rkey.Value.Length]; // ASCII by syntax
            Encoding.ASCII.GetBytes(collection, utf8);
            utf8[collection.Length] = (byte)'/';
            Encoding.ASCII.GetBytes(Rkey.Value, utf8.AsSpan(collection.Length + 1));
            return MstKey.OfChecked(utf8);
        }
    }

    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out RecordPath path)
    {
        path = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !Nsid.TryParse(text![..slash], out var collection) || !RecordKey.TryParse(text[(slash + 1)..], out var rkey)) return false;
        path = new RecordPath(collection, rkey);
        return true;
    }

    public static RecordPath Parse(string text) => AtSyntax.Parse<RecordPath>(text);

    /// <summary>Reads a key back. The tree's keys are laxer than paths: a collection there need not be an NSID.</summary>
    /// <exception cref="FormatException">The key is not a record path.</exception>
    public static RecordPath Of(MstKey key) => Parse(key.ToString());

    public override string ToString() => $"{Collection.Value}/{Rkey.Value}";
}
