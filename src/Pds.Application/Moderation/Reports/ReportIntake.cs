using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Application.Moderation.Reports;

/// <summary>Takes reports for an operator who has no moderation service: only of what is here, since nothing else is the operator's to act upon.</summary>
internal sealed class ReportIntake(
    IAccountStore accounts, IRecordIndex records, IReportStore reports, Notices notices, ServiceOptions service, TimeProvider time)
{
    private const int MaxToolLength = 200;

    /// <summary>Who takes them.</summary>
    public DidReference Service => DidReference.Of(service.Did);

    /// <summary>Keeps a report. Saves by itself: its number is known then.</summary>
    /// <exception cref="XrpcException">InvalidRequest: it accuses of nothing that has a name, or its subject is not here. Forbidden: it appeals for somebody else, or the account is taken down and it does not appeal.</exception>
    public async Task<CreateReport.Output> TakeAsync(Account reporter, CreateReport form, CancellationToken ct)
    {
        if (!ReasonType.IsToken(form.ReasonType)) throw XrpcException.InvalidRequest("reasonType must name a reason, such as com.atproto.moderation.defs#reasonOther");
        var (subject, owner) = await RequireHereAsync(form.Subject, ct);
        CheckAppeal(reporter, owner, ReasonType.IsAppeal(form.ReasonType));

        var tool = form.ModTool?.Name;
        var report = new NewReport(time.GetUtcNow(), form.ReasonType, form.Reason, subject, reporter.Did, tool is { Length: > MaxToolLength } ? tool[..MaxToolLength] : tool);
        var isFirst = (await reports.ListAsync(new ReportFilter(IsOpen: true), before: null, limit: 1, ct)).Count == 0;
        var id = await reports.AddAsync(report, ct);
        if (isFirst && service.ContactEmail is { } operatorsAddress) notices.Post(new Letter.FirstReport(operatorsAddress, id));
        return new CreateReport.Output(id, report.ReasonType, report.Reason, subject, reporter.Did, AtDatetime.Of(report.CreatedAt));
    }

    private static void CheckAppeal(Account reporter, Did owner, bool isAppeal)
    {
        if (isAppeal && owner != reporter.Did) throw XrpcException.Forbidden("You cannot appeal this report");
        if (!isAppeal && reporter.Status == AccountStatus.Takendown) throw XrpcException.Forbidden("An account that is taken down may appeal, and report nobody else");
    }

    /// <summary>The subject by its DID, and whose it is. What is taken down or deactivated is here too; a record need not be in the version that was seen.</summary>
    private async Task<(ReportSubject Subject, Did Owner)> RequireHereAsync(ReportSubject subject, CancellationToken ct)
    {
        switch (subject)
        {
            case ReportedAccount account when await accounts.FindAsync(account.Did, ct) is not null:
                return (account, account.Did);
            case ReportedRecord { Uri: { Collection: { } collection, Rkey: { } rkey } uri } record
                when await accounts.FindAsync(uri.Authority, ct) is { } owner && await records.FindAsync(owner.Did, new RecordPath(collection, rkey), ct) is not null:
                return (record with { Uri = AtUri.Of(AtIdentifier.Of(owner.Did), collection, rkey) }, owner.Did);
            case ReportedAccount or ReportedRecord:
                throw XrpcException.InvalidRequest("Reports to this server's operator are about its own accounts and their records: there is no such one here");
            default:
                throw XrpcException.InvalidRequest("Reports to this server's operator are about accounts and records");
        }
    }
}
