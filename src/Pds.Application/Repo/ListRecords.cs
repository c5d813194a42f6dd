using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.listRecords</c>: a collection page by page, newest key first unless reversed.</summary>
/// <remarks>Every page that has a record has a cursor, so a client meets one empty page at the end.</remarks>
public sealed record ListRecords(AtIdentifier Repo, Nsid Collection, [property: Between(1, 100)] int Limit = 50, string? Cursor = null, bool Reverse = false)
    : IQuery<ListRecords.Output>
{
    public sealed record Output(string? Cursor, IReadOnlyList<Item> Records);

    public sealed record Item(AtUri Uri, Cid Cid, EncodedRecord Value);

    internal sealed class Handler(AccountGate accounts, IRecordIndex index) : IRequestHandler<ListRecords, Output>
    {
        public async Task<Output> Handle(ListRecords query, CancellationToken ct)
        {
            var account = await accounts.FindActiveAsync(query.Repo, ct)
                ?? throw XrpcException.InvalidRequest($"Could not find repo: {query.Repo}");

            RecordKey? cursor = null;
            if (!string.IsNullOrEmpty(query.Cursor) && !RecordKey.TryParse(query.Cursor, out cursor)) throw XrpcException.MalformedCursor();
            var records = await index.ListAsync(account.Did, query.Collection, cursor, query.Limit, query.Reverse, ct);

            var items = new Item[records.Count];
            for (var i = 0; i < items.Length; i++)
            {
                var record = records[i];
                items[i] = new Item(AtUri.Of(account.Did, query.Collection, record.Path.Rkey), record.Cid, new EncodedRecord(record.Content));
            }

            return new Output(items.Length > 0 ? items[^1].Uri.Rkey!.Value : null, items);
        }
    }
}
