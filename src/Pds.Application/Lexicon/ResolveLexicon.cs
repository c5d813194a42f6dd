using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Lexicon;

/// <summary><c>com.atproto.lexicon.resolveLexicon</c>: the document of a lexicon, as its authority publishes it. Perhaps that of a day ago.</summary>
public sealed record ResolveLexicon(Nsid Nsid) : IQuery<ResolveLexicon.Output>
{
    public sealed record Output(AtUri Uri, Cid Cid, EncodedRecord Schema);

    internal sealed class Handler(ILexiconResolver lexicons) : IRequestHandler<ResolveLexicon, Output>
    {
        public async Task<Output> Handle(ResolveLexicon query, CancellationToken ct)
        {
            var lexicon = await lexicons.ResolveAsync(query.Nsid, ct) ?? throw XrpcException.LexiconNotFound(query.Nsid);
            return new Output(lexicon.Uri, lexicon.Record.Cid, new EncodedRecord(lexicon.Record.Bytes));
        }
    }
}
