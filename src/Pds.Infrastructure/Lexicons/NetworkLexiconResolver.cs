using System.Buffers;
using System.Text.Json;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Lexicon;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Lexicons;

/// <summary>From a name to its document: the domain's DNS names a DID, whose server has the record, with the proof that it is that DID's.</summary>
/// <remarks>https://atproto.com/specs/lexicon#lexicon-publication-and-resolution. Every step is a stranger's word; only the proof makes it the authority's.</remarks>
internal sealed class NetworkLexiconResolver(
    DnsDidLookup dns, IIdentityResolver identities, SafeHttpClient http, ISignatureVerifier verifier, IdentityLookupOptions options)
{
    private const string Subdomain = "_lexicon.";
    private const int MaxProofBytes = 256 * 1024;

    private static readonly Nsid Schema = Nsid.Parse("com.atproto.lexicon.schema");
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(5);

    /// <exception cref="LexiconException">The name has no authority, that has no such document, or it cannot be asked now; the message says which.</exception>
    public async Task<PublishedLexicon> ResolveAsync(Nsid nsid, CancellationToken ct)
    {
        var did = options.LexiconAuthority ?? await dns.FindAsync(Subdomain + nsid.Authority, ct) ?? throw new LexiconException($"No DID is the authority of {nsid.Authority}");
        var path = new RecordPath(Schema, RecordKey.Parse(nsid.Value));
        try
        {
            var document = await identities.ResolveDidAsync(did, ct) ?? throw new LexiconException($"{did} does not resolve");
            var proof = await FetchAsync(document, path, ct);
            var record = await VerifyAsync(proof, document, path, ct);
            return new PublishedLexicon(AtUri.Of(AtIdentifier.Of(did), path.Collection, path.Rkey), record, Understand(record, nsid));
        }
        catch (Exception failure) when (failure is OutboundException or DataModelException or XrpcException)
        {
            throw new LexiconException($"{nsid} cannot be had of {did}: {failure.Message}", failure);
        }
    }

    private async Task<byte[]> FetchAsync(DidDocument authority, RecordPath path, CancellationToken ct)
    {
        var server = authority.PdsEndpoint ?? throw new LexiconException($"{authority.Id} has no server");
        var url = new Uri(server, $"/xrpc/com.atproto.sync.getRecord?did={Uri.EscapeDataString(authority.Id.Value)}&collection={path.Collection}&rkey={Uri.EscapeDataString(path.Rkey.Value)}");
        var response = await http.GetAsync(url, new OutboundLimits(FetchTimeout, MaxProofBytes), "application/vnd.ipld.car", ct);
        return response.IsSuccess ? response.Body : throw new LexiconException($"{server.Host} answered with status {(int)response.Status}");
    }

    /// <summary>By the key that its document names; where that does not fit, by the one that it names now.</summary>
    private async Task<Block> VerifyAsync(byte[] proof, DidDocument document, RecordPath path, CancellationToken ct)
    {
        try
        {
            return Verify(proof, document, path);
        }
        catch (DataModelException)
        {
            var now = await identities.RefreshDidAsync(document.Id, ct);
            if (now is null || now.SigningKey == document.SigningKey) throw;
            return Verify(proof, now, path);
        }
    }

    private Block Verify(byte[] proof, DidDocument document, RecordPath path) =>
        RecordProof.Verify(proof, document.Id, path, verifier, document.SigningKey ?? throw new LexiconException($"{document.Id} has no signing key")).Record;

    private static LexiconDocument Understand(Block record, Nsid nsid)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json)) DagJson.Transcode(record.Bytes.Span, writer);
        if (DagJson.Parse(json.WrittenSpan) is not LexObject value || value.Type != Schema.Value) throw new LexiconException($"The record is not a {Schema}");

        var document = LexiconDocument.Parse(json.WrittenMemory);
        return document.Id == nsid ? document : throw new LexiconException($"The record is the document of {document.Id}");
    }
}
