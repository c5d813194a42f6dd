using Pds.Domain.Data;
using Pds.Domain.Lexicon.Schemas;

namespace Pds.Domain.Lexicon;

/// <summary>One walk through a record, side by side with its schema for as long as the two go the same way.</summary>
internal sealed class BlobSearch(LexiconCatalog catalog)
{
    private readonly List<BlobConstraint> _blobs = [];

    public IReadOnlyList<BlobConstraint> Blobs => _blobs;

    public void Search(LexiconSchema schema, LexValue value, int depth)
    {
        switch (schema, value)
        {
            case (RecordSchema record, _): Search(record.Record, value, depth); break;
            case (RefSchema reference, _): Search(catalog.Resolve(reference.Ref), value, depth); break;
            case (UnionSchema union, LexObject { Type: { } type }) when union.Refs.Contains(type): Search(catalog.Resolve(type), value, depth); break;
            case (ArraySchema list, LexArray array):
                EnsureDepth(depth);
                foreach (var item in array.Items) Search(list.Items, item, depth + 1);
                break;
            case (ObjectSchema shape, LexObject map):
                EnsureAllowed(map, depth);
                foreach (var (key, field) in map.Fields)
                {
                    if (shape.Find(key) is { } property) Search(property.Schema, field, depth + 1);
                    else SearchUnknown(field, depth + 1);
                }

                break;
            case (BlobSchema constraint, _) when BlobRef.TryRead(value, out var blob): _blobs.Add(new BlobConstraint(blob, constraint)); break;
            default: SearchUnknown(value, depth); break;
        }
    }

    public void SearchUnknown(LexValue value, int depth)
    {
        if (BlobRef.TryRead(value, out var blob))
        {
            _blobs.Add(new BlobConstraint(blob, Schema: null));
            return;
        }

        switch (value)
        {
            case LexArray array:
                EnsureDepth(depth);
                foreach (var item in array.Items) SearchUnknown(item, depth + 1);
                break;
            case LexObject map:
                EnsureAllowed(map, depth);
                foreach (var field in map.Fields) SearchUnknown(field.Value, depth + 1);
                break;
        }
    }

    private static void EnsureAllowed(LexObject map, int depth)
    {
        EnsureDepth(depth);
        if (BlobRef.IsLegacy(map)) throw new InvalidRecordException($"Legacy blobs are not allowed ({map.Text("cid")})");
    }

    private static void EnsureDepth(int depth)
    {
        if (depth > LexValue.MaxDepth) throw new InvalidRecordException($"Nested deeper than {LexValue.MaxDepth} levels");
    }
}
