using FluentValidation;
using MediatR;
using Pds.Application.LocalPds.Admin.Reports;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.closeReport</c>: the operator is done with a report, whatever came of it. That is another method's to do.</summary>
/// <param name="Note">What came of it, for whoever looks later.</param>
public sealed record CloseReport(long Id, string? Note = null) : ICommand<Unit>, IAdminCommand
{
    private const int MaxNoteLength = 2_000;

    string IAdminCommand.AuditSubject => $"report/{Id}";

    string? IAdminCommand.AuditDetail => Note;

    internal sealed class Validator : AbstractValidator<CloseReport>
    {
        public Validator() => RuleFor(c => c.Note).MaximumLength(MaxNoteLength).WithMessage($"note must be {MaxNoteLength} characters at most");
    }

    internal sealed class Handler(IReportStore reports, TimeProvider time) : IRequestHandler<CloseReport, Unit>
    {
        public async Task<Unit> Handle(CloseReport command, CancellationToken ct)
        {
            var report = await reports.RequireAsync(command.Id, ct);
            reports.Close(report.Id, new ReportClosing(time.GetUtcNow(), command.Note));
            return Unit.Value;
        }
    }
}
