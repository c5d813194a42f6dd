using Pds.Domain.Repo;

namespace Pds.TestKit;

/// <summary>Repos with something in them.</summary>
public static class Filling
{
    public const string Collection = "com.example.item";

    private const int MaxWrites = 200;

    /// <summary>Creates records of their own kind, each different, and answers their paths.</summary>
    public static async Task<IReadOnlyList<RecordPath>> FillAsync(this Actor actor, int count, int from = 0)
    {
        var rkeys = Enumerable.Range(from, count).Select(number => $"item-{number}").ToList();
        foreach (var chunk in rkeys.Chunk(MaxWrites))
            (await actor.ApplyWritesAsync([.. chunk.Select(rkey => Writes.Create(Collection, new { about = rkey }, rkey))])).Ok();
        return [.. rkeys.Select(rkey => RecordPath.Parse($"{Collection}/{rkey}"))];
    }

    /// <summary>Uploads text as a blob and mentions it in a record; answers the blob's CID.</summary>
    public static async Task<string> PublishBlobAsync(this Actor actor, string text, string contentType = "text/plain")
    {
        var blob = await actor.UploadBlobAsync(System.Text.Encoding.UTF8.GetBytes(text), contentType);
        (await actor.CreateRecordAsync(new { file = blob }, "com.example.file")).Ok();
        return blob.GetProperty("ref").GetProperty("$link").GetString()!;
    }
}
