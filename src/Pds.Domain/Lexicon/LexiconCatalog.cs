using System.Collections.Frozen;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Domain.Lexicon;

/// <summary>A set of lexicon documents in which every reference that a record type makes, however indirectly, leads somewhere. Never changes.</summary>
public sealed class LexiconCatalog
{
    private const string BuiltinFolder = "Lexicon/Documents/";
    private static readonly Lazy<LexiconCatalog> LoadedBuiltin = new(() => new LexiconCatalog(ReadBuiltin()));

    private readonly FrozenDictionary<string, LexiconSchema> _definitions;

    /// <exception cref="LexiconException">A record type refers to something that no document defines.</exception>
    private LexiconCatalog(IEnumerable<LexiconDocument> documents)
    {
        Documents = documents.ToFrozenDictionary(document => document.Id);
        _definitions = Documents.Values.SelectMany(document => document.Definitions).ToFrozenDictionary();
        EnsureReferencesLead();
    }

    /// <summary>The records of app.bsky, chat.bsky and com.atproto, as <c>Lexicon/Documents</c> describes them.</summary>
    public static LexiconCatalog Builtin => LoadedBuiltin.Value;

    public static LexiconCatalog Empty { get; } = new([]);

    public IReadOnlyDictionary<Nsid, LexiconDocument> Documents { get; }

    /// <summary>This set and more; a document takes the place of one with the same id.</summary>
    /// <exception cref="LexiconException">A record type refers to something that no document defines.</exception>
    public LexiconCatalog With(IEnumerable<LexiconDocument> documents)
    {
        var all = new Dictionary<Nsid, LexiconDocument>(Documents);
        foreach (var document in documents) all[document.Id] = document;
        return new LexiconCatalog(all.Values);
    }

    /// <summary>This set and every <c>*.json</c> in a folder and its sub-folders.</summary>
    /// <exception cref="LexiconException">A file is not a lexicon document, two have the same id, or a reference leads nowhere. The message names the file.</exception>
    public LexiconCatalog WithFolder(string path)
    {
        var files = new Dictionary<Nsid, string>();
        var documents = new List<LexiconDocument>();
        foreach (var file in Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var document = Read(file);
            if (!files.TryAdd(document.Id, file)) throw new LexiconException($"{file}: {document.Id} is also in {files[document.Id]}");
            documents.Add(document);
        }

        return With(documents);
    }

    /// <summary>The record type of that name, or null where this set has none.</summary>
    public RecordSchema? FindRecord(Nsid type) => _definitions.GetValueOrDefault(type.Value) as RecordSchema;

    /// <summary>What a full name such as <c>app.bsky.feed.post#replyRef</c> defines, or null where this set does not have it.</summary>
    public LexiconSchema? Find(string name) => _definitions.GetValueOrDefault(name);

    /// <summary>What a reference met on the way from a record type leads to: the constructor made sure that there is something.</summary>
    internal LexiconSchema Resolve(string name) => _definitions[name];

    private void EnsureReferencesLead()
    {
        var seen = new HashSet<string>();
        var open = new Queue<(string Name, LexiconSchema Schema)>();
        foreach (var (name, schema) in _definitions)
        {
            if (schema is RecordSchema && seen.Add(name)) open.Enqueue((name, schema));
        }

        while (open.TryDequeue(out var from))
        {
            foreach (var target in from.Schema.Refs)
            {
                if (!_definitions.TryGetValue(target, out var schema))
                    throw new LexiconException($"{from.Name} refers to {target}, which no lexicon document here defines");
                if (seen.Add(target)) open.Enqueue((target, schema));
            }
        }
    }

    private static LexiconDocument Read(string file)
    {
        try
        {
            return LexiconDocument.Parse(File.ReadAllBytes(file));
        }
        catch (LexiconException refused)
        {
            throw new LexiconException($"{file}: {refused.Message}", refused);
        }
    }

    private static IEnumerable<LexiconDocument> ReadBuiltin()
    {
        var assembly = typeof(LexiconCatalog).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(BuiltinFolder, StringComparison.Ordinal)))
        {
            using var resource = assembly.GetManifestResourceStream(name)!;
            var utf8 = new byte[resource.Length];
            resource.ReadExactly(utf8);
            yield return LexiconDocument.Parse(utf8);
        }
    }
}
