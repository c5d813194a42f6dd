using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Xunit;

namespace Pds.TestKit;

/// <summary>A repo as anybody on the network would take it: fetched as a CAR and believed only as far as it proves itself.</summary>
public sealed class VerifiedRepo
{
    private VerifiedRepo(Commit commit, IReadOnlyDictionary<string, Cid> records, BlockSet blocks) => (Commit, Records, Blocks) = (commit, records, blocks);

    public Commit Commit { get; }

    /// <summary>Every record's CID by its path.</summary>
    public IReadOnlyDictionary<string, Cid> Records { get; }

    public BlockSet Blocks { get; }

    /// <summary>Checks hashes (by the CAR reader), the signature against the key in the DID document, the tree, and that every record is there.</summary>
    public static async Task<VerifiedRepo> FetchAsync(XrpcClient client, Did did)
    {
        var answer = await client.GetAsync("com.atproto.sync.getRepo", new { did = did.Value });
        answer.OkCar();
        return Verify(answer.Body, did, await FindSigningKeyAsync(client, did));
    }

    /// <summary>The key that the account's published document names.</summary>
    public static async Task<DidKey> FindSigningKeyAsync(XrpcClient client, Did did)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, did.Method == "web" ? "/.well-known/did.json" : $"/plc/{did}");
        if (did.Method == "web") request.Headers.Host = did.Identifier;
        return DidDocument.Parse((await client.SendAsync(request)).Body).SigningKey!;
    }

    public static VerifiedRepo Verify(ReadOnlyMemory<byte> car, Did did, DidKey key)
    {
        var file = CarReader.Read(car);
        var blocks = new BlockSet(file.Blocks);
        Assert.True(blocks.TryGet(file.Header.Roots[0], out var block));
        var commit = Commit.Decode(block);
        Assert.Equal(did, commit.Did);
        Assert.True(commit.Verify(new SignatureVerifier(), key), "The commit's signature is not by the key in the DID document");

        var records = new Dictionary<string, Cid>();
        foreach (var leaf in MstTree.Load(commit.Data, blocks).Walk())
        {
            Assert.True(blocks.Contains(leaf.Value), $"The record {leaf.Key} is missing");
            records.Add(leaf.Key.ToString(), leaf.Value);
        }

        return new VerifiedRepo(commit, records, blocks);
    }
}
