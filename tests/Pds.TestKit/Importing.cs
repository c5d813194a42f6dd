using System.Net.Http.Headers;
using System.Text.Json;
using Pds.Domain.Crypto;

namespace Pds.TestKit;

/// <summary>What an account does that moves in with its repo.</summary>
public static class Importing
{
    private const string CarType = "application/vnd.ipld.car";

    /// <summary>Makes an account of a stranger's, as one that moves in: deactivated, while his identity still names the key that he signs with elsewhere.</summary>
    public static async Task<(Actor Actor, ForeignRepo Repo, DidKey Key)> MoveInAsync(this PdsFixture pds, string name = "mover")
    {
        var stranger = await Stranger.PublishAsync(pds);
        var (actor, key) = await pds.HostAsync(stranger.Did, $"{name}{stranger.Did.Identifier[..6]}.test");
        return (actor, new ForeignRepo(stranger.Did, stranger.Key), key);
    }

    public static Task<XrpcAnswer> ImportAsync(this XrpcClient caller, byte[] car) => caller.PostAsync("com.atproto.repo.importRepo", car, CarType);

    /// <summary>The same by a stream of which nobody knows how long it is.</summary>
    public static Task<XrpcAnswer> ImportAsync(this XrpcClient caller, Stream car) => caller.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/xrpc/com.atproto.repo.importRepo")
        {
            Content = new StreamContent(car) { Headers = { ContentType = new MediaTypeHeaderValue(CarType) } },
            Headers = { TransferEncodingChunked = true },
        });

    /// <summary>The figures that a client compares after it has moved.</summary>
    public static async Task<(int Blocks, int Records, int Expected, int Imported)> FiguresAsync(this Actor actor)
    {
        var status = await actor.StatusAsync();
        int Figure(string name) => status.GetProperty(name).GetInt32();
        return (Figure("repoBlocks"), Figure("indexedRecords"), Figure("expectedBlobs"), Figure("importedBlobs"));
    }

    public static async Task<JsonElement> StatusAsync(this Actor actor) => (await actor.GetAsync("com.atproto.server.checkAccountStatus")).Ok();

    /// <summary>The CIDs of <c>listMissingBlobs</c> with the records that they are said to be of.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> MissingBlobsAsync(this Actor actor) =>
        (await actor.GetAsync("com.atproto.repo.listMissingBlobs")).Ok().GetProperty("blobs").EnumerateArray()
            .ToDictionary(blob => blob.GetProperty("cid").GetString()!, blob => blob.GetProperty("recordUri").GetString()!);

    /// <summary>The repo as its owner exports it, by its own key here: what the world believes it by does not matter while it moves.</summary>
    public static async Task<VerifiedRepo> ExportByAsync(this Actor actor, DidKey key)
    {
        var answer = await actor.GetAsync("com.atproto.sync.getRepo", new { did = actor.Did.Value });
        answer.OkCar();
        return VerifiedRepo.Verify(answer.Body, actor.Did, key);
    }
}
