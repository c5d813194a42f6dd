using Pds.Application.Ports;
using Pds.Domain.Lexicon;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.Syntax;

namespace Pds.Application.OAuth;

/// <summary>Finds the permission sets that scopes name: among the operator's own documents, or on the network.</summary>
internal sealed class PermissionSets(LexiconCatalog catalog, ILexiconResolver lexicons)
{
    /// <summary>Null where there is no such document, where it cannot be had now, and where it is none of a permission set.</summary>
    public async Task<PermissionSetSchema?> FindAsync(Nsid set, CancellationToken ct) =>
        (catalog.Find(set.Value) ?? (await lexicons.ResolveAsync(set, ct))?.Document.Definitions.GetValueOrDefault(set.Value)) as PermissionSetSchema;

    /// <summary>Those of several names; the ones that there are.</summary>
    public async Task<IReadOnlyDictionary<Nsid, PermissionSetSchema>> FindAsync(IEnumerable<Nsid> sets, CancellationToken ct)
    {
        var found = await Task.WhenAll(sets.Distinct().Select(async set => (Name: set, Schema: await FindAsync(set, ct))));
        return found.Where(set => set.Schema is not null).ToDictionary(set => set.Name, set => set.Schema!);
    }
}
