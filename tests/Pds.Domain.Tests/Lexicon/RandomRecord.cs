using Pds.Domain.Data;
using Pds.Domain.Lexicon;
using Pds.Domain.Lexicon.Schemas;

namespace Pds.Domain.Tests.Lexicon;

/// <summary>Builds values that follow a schema most of the time, so that what is wrong with them can lie deep.</summary>
internal sealed class RandomRecord(LexiconCatalog catalog, Random random)
{
    private static readonly string[] Texts = ["", "x", "a.b.c", "did:web:a.test", "2024-01-02T03:04:05Z", "en", "\ud83d", "\0", "👩‍👩‍👦‍👦", new('é', 700), "blob"];

    public LexValue Build(LexiconSchema? schema, int depth = 1)
    {
        if (random.Next(12) == 0) schema = null;
        return depth > 70 ? LexNull.Value : schema switch
        {
            RecordSchema record => Build(record.Record, depth),
            RefSchema reference => Build(catalog.Find(reference.Ref), depth),
            UnionSchema { Variants.Count: > 0 } union => Variant(union.Variants[random.Next(union.Variants.Count)], depth),
            ArraySchema list => new LexArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => Build(list.Items, depth + 1))]),
            ObjectSchema shape => new LexObject(shape.Properties
                .Where(property => property.IsRequired || random.Next(2) == 0)
                .ToDictionary(property => property.Name, property => Build(property.Schema, depth + 1))),
            BlobSchema => new BlobRef(Cid.Parse(LexiconTestData.RawCid), "image/png", random.Next()).ToLex(),
            IntegerSchema => new LexInteger(random.Next(-3, 300)),
            StringSchema => new LexString(Texts[random.Next(Texts.Length)]),
            _ => Anything(depth),
        };
    }

    private LexValue Variant(string name, int depth) => Build(catalog.Find(name), depth) is LexObject map ? map.With(LexObject.TypeKey, new LexString(name)) : LexNull.Value;

    private LexValue Anything(int depth) => random.Next(8) switch
    {
        0 => LexNull.Value,
        1 => new LexBoolean(true),
        2 => new LexInteger(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => new LexString(Texts[random.Next(Texts.Length)]),
        4 => new LexBytes(new byte[random.Next(4)]),
        5 => new LexLink(Cid.Parse(LexiconTestData.RawCid)),
        6 => new LexArray([Build(null, depth + 1), Build(null, depth + 1)]),
        _ => new LexObject(new Dictionary<string, LexValue>
        {
            [Texts[random.Next(Texts.Length)]] = Build(null, depth + 1),
            [LexObject.TypeKey] = Build(null, depth + 1),
        }),
    };
}
