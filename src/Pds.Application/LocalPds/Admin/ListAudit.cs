using MediatR;
using Pds.Application.LocalPds.Admin.Paging;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.listAudit</c>: what administrators and moderators have done, newest first. Our own method: <c>docs/adr/0024-a-method-of-our-own.md</c>.</summary>
/// <param name="Subject">Only what was done to this; where it is a DID, to the account's records and blobs too.</param>
/// <param name="Cursor">The last entry of the page before.</param>
/// <param name="Limit">How many at most.</param>
public sealed record ListAudit(string? Subject = null, string? Cursor = null, [property: Between(1, 100)] int Limit = 50) : IQuery<ListAudit.Output>
{
    public sealed record Output(string? Cursor, IReadOnlyList<Entry> Entries);

    public sealed record Entry(AtDatetime At, string Actor, Nsid Method, string Subject, string? Detail);

    internal sealed class Handler(IAuditLog log) : IRequestHandler<ListAudit, Output>
    {
        public async Task<Output> Handle(ListAudit query, CancellationToken ct)
        {
            var page = await log.ListAsync(query.Subject, NumberCursor.Parse(query.Cursor), query.Limit, ct);

            var cursor = page.Count > 0 ? NumberCursor.Of(page[^1].Id) : null;
            return new Output(cursor, [.. page.Select(item => Describe(item.Entry))]);
        }

        private static Entry Describe(AuditEntry entry) => new(AtDatetime.Of(entry.At), entry.Actor, entry.Method, entry.Subject, entry.Detail);
    }
}
