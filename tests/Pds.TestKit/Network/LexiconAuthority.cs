using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Car;
using Pds.Domain.Repo.Mst;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;

namespace Pds.TestKit;

/// <summary>Somebody who publishes lexicons: DNS, a DID document, and a server that has the records, each of which a test can spoil.</summary>
public sealed class LexiconAuthority : IAsyncDisposable
{
    public static readonly Did Did = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    private readonly ConcurrentDictionary<string, string> _records = [];
    private readonly LocalServer _server;

    private LexiconAuthority(LocalServer server) => _server = server;

    public LocalNameserver Nameserver { get; private set; } = null!;

    /// <summary>What the DNS says at <c>_lexicon.</c> of the authority.</summary>
    public string[] Texts { get; set; } = [$"did={Did}"];

    /// <summary>Signs the repo.</summary>
    public ISigningKey Key { get; set; } = NewKey();

    /// <summary>What the document names.</summary>
    public DidKey PublishedKey { get; set; } = null!;

    /// <summary>Whose repo the server says it is.</summary>
    public Did Repo { get; set; } = Did;

    /// <summary>The record at every name that is asked for and has none of its own; null for none.</summary>
    public string? Record { get; set; } = """{"$type":"com.atproto.lexicon.schema","lexicon":1,"id":"com.example.thing","defs":{"main":{"type":"token"}}}""";

    /// <summary>What the server answers with; 200 unless it is in trouble.</summary>
    public int Status { get; set; } = 200;

    /// <summary>The names that DNS was asked for, and the addresses that the server was.</summary>
    public List<string> Asked { get; } = [];

    public DidDocument Document => DidDocument.Build(
        Did, [], [new VerificationMethod($"{Did}#atproto", "Multikey", Did.Value, PublishedKey.Multibase)], [new DidService("#atproto_pds", "AtprotoPersonalDataServer", _server.Url)]);

    public static async Task<LexiconAuthority> StartAsync()
    {
        LexiconAuthority? self = null;
        var server = await LocalServer.StartAsync(http => self!.AnswerAsync(http));
        self = new LexiconAuthority(server);
        self.PublishedKey = self.Key.PublicKey;
        self.Nameserver = new LocalNameserver(query =>
        {
            self.Asked.Add(NameIn(query));
            return DnsReplies.To(query, records: [.. self.Texts.Select(DnsReplies.Text)]);
        });
        return self;
    }

    /// <summary>Publishes a document at its name, in the place of what was there.</summary>
    /// <param name="nsid">The name.</param>
    /// <param name="main">Its main definition, as JSON.</param>
    public void Publish(string nsid, string main) =>
        _records[nsid] = $"{{\"$type\":\"com.atproto.lexicon.schema\",\"lexicon\":1,\"id\":\"{nsid}\",\"defs\":{{\"main\":{main}}}}}";

    /// <summary>Publishes a permission set.</summary>
    /// <param name="nsid">Its name.</param>
    /// <param name="permissions">Each as JSON, without its type.</param>
    public void PublishSet(string nsid, params IEnumerable<string> permissions) => Publish(
        nsid, $"{{\"type\":\"permission-set\",\"title\":\"All of it\",\"detail\":\"So it is\",\"permissions\":[{string.Join(',', permissions).Replace("{\"resource\"", "{\"type\":\"permission\",\"resource\"", StringComparison.Ordinal)}]}}");

    public static ISigningKey NewKey()
    {
        var keys = new KeyFactory();
        return keys.Import(keys.Generate(Curve.P256));
    }

    public async ValueTask DisposeAsync()
    {
        Nameserver.Dispose();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        Asked.Add(http.Request.Path + http.Request.QueryString);
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/vnd.ipld.car";
        await http.Response.Body.WriteAsync(Prove(http.Request.Query["rkey"].ToString()));
    }

    private byte[] Prove(string rkey)
    {
        var key = new RecordPath(Nsid.Parse("com.atproto.lexicon.schema"), RecordKey.Parse(rkey)).Key;
        var json = _records.GetValueOrDefault(rkey) ?? Record;
        Block? record = json is null ? null : Block.Of(DagCborWriter.Encode(DagJson.Parse(Encoding.UTF8.GetBytes(json))));
        var tree = record is { } published ? MstTree.Empty.Put(key, published.Cid, out _) : MstTree.Empty;
        var commit = new UnsignedCommit(Repo, tree.RootCid, Tid.Parse("3jzfcijpj2z2a")).Sign(Key);
        var blocks = new BlockSet([commit.Block]);
        MstProof.Path(tree, key, blocks);
        if (record is { } proven) blocks.Add(proven);

        var car = new ArrayBufferWriter<byte>();
        CarWriter.WriteHeader(car, commit.Cid);
        foreach (var block in blocks) CarWriter.WriteBlock(car, block.Cid, block.Bytes.Span);
        return car.WrittenSpan.ToArray();
    }

    private static string NameIn(byte[] query)
    {
        var (name, at) = (new StringBuilder(), 12);
        for (; query[at] != 0; at += 1 + query[at]) name.Append(name.Length > 0 ? "." : "").Append(Encoding.ASCII.GetString(query, at + 1, query[at]));
        return name.ToString();
    }
}
