using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.Repo;

namespace Pds.Application.Repo.Importing;

/// <summary>What the stores are to know of a record that was written elsewhere: nobody asks whether its lexicon likes it, nor whether its blobs are here yet.</summary>
internal static class ImportedRecords
{
    /// <param name="path">Where it is.</param>
    /// <param name="block">A map, as the import has checked; null where the record goes.</param>
    public static RecordChange ChangeOf(RecordPath path, Block? block)
    {
        if (block is not { } content) return new RecordChange(path, null, null, []);
        var record = DagCborReader.DecodeObject(content.Bytes.Span);
        return new RecordChange(path, content, RecordSubject.Of(path.Collection, record), [.. BlobRef.CidsIn(record).Distinct()]);
    }
}
