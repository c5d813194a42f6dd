using System.Text;
using Pds.Application.OAuth;
using Pds.Application.Ports;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;

namespace Pds.Application.Tests.OAuth;

/// <summary>A network that has no lexicons: what there is, the operator has.</summary>
internal sealed class NoLexicons : ILexiconResolver
{
    public List<Nsid> Asked { get; } = [];

    public Task<PublishedLexicon?> ResolveAsync(Nsid nsid, CancellationToken ct)
    {
        Asked.Add(nsid);
        return Task.FromResult<PublishedLexicon?>(null);
    }

    /// <summary>Permission sets, each of the operator's own documents a JSON text.</summary>
    public static PermissionSets With(NoLexicons network, params string[] documents) =>
        new(LexiconCatalog.Empty.With(documents.Select(document => LexiconDocument.Parse(Encoding.UTF8.GetBytes(document)))), network);

    public const string Set = """
        {"lexicon":1,"id":"app.example.authFull","defs":{"main":{"type":"permission-set","title":"Everything\u202e here","title:lang":{"de":"Alles hier","pt-BR":"Tudo aqui"},"detail":"Post\nand read","permissions":[
          {"type":"permission","resource":"repo","collection":["app.example.post"],"action":["create","delete"]},
          {"type":"permission","resource":"rpc","lxm":["app.example.getFeed"],"inheritAud":true},
          {"type":"permission","resource":"repo","collection":["app.bsky.feed.post"]}]}}}
        """;
}
