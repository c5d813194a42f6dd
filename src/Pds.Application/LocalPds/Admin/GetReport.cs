using MediatR;
using Pds.Application.LocalPds.Admin.Reports;
using Pds.Application.Moderation.Reports;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Writing;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.getReport</c>: one report, and what has become of its subject.</summary>
public sealed record GetReport(long Id) : IQuery<GetReport.Output>
{
    /// <param name="ReporterHandle">Absent where the account has been deleted.</param>
    /// <param name="SubjectHandle">Of the account that it is about, or whose record it is about; absent where that has been deleted.</param>
    /// <param name="SubjectStatus">How that account stands.</param>
    /// <param name="RecordCid">The record as it is now, which may be another version than the one that was reported; absent where there is none any more.</param>
    /// <param name="Record">What it says.</param>
    /// <param name="TakedownRef">Under what the record, or else the account, is taken down; absent where it is not.</param>
    public sealed record Output(
        ReportView Report, Handle? ReporterHandle, Handle? SubjectHandle, AccountStatus? SubjectStatus, Cid? RecordCid, EncodedRecord? Record, string? TakedownRef);

    internal sealed class Handler(IReportStore reports, IAccountStore accounts, IRecordIndex records) : IRequestHandler<GetReport, Output>
    {
        public async Task<Output> Handle(GetReport query, CancellationToken ct)
        {
            var report = await reports.RequireAsync(query.Id, ct);
            var reporter = report.ReportedBy is { } did ? await accounts.FindAsync(did, ct) : null;
            var owner = await FindOwnerAsync(report.Subject, ct);
            var record = owner is not null && report.Subject is ReportedRecord { Uri: { Collection: { } collection, Rkey: { } rkey } }
                ? await records.FindAsync(owner.Did, new RecordPath(collection, rkey), ct)
                : null;

            return new Output(
                ReportView.Of(report), reporter?.ShownHandle, owner?.ShownHandle, owner?.Status,
                record?.Cid, record is null ? null : new EncodedRecord(record.Content), record?.TakedownRef ?? owner?.TakedownRef);
        }

        private ValueTask<Account?> FindOwnerAsync(ReportSubject subject, CancellationToken ct) => subject switch
        {
            ReportedAccount account => accounts.FindAsync(account.Did, ct),
            ReportedRecord record => accounts.FindAsync(record.Uri.Authority, ct),
            _ => default,
        };
    }
}
