using MediatR;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.sendTestEmail</c>: one letter, so that the operator sees whether mail works before a user needs it.</summary>
public sealed record SendTestEmail(string To) : ICommand<Unit>, IAdminCommand
{
    string IAdminCommand.AuditSubject => To;

    internal sealed class Handler(IMailer mailer) : IRequestHandler<SendTestEmail, Unit>
    {
        public async Task<Unit> Handle(SendTestEmail command, CancellationToken ct)
        {
            await mailer.SendAsync(new Letter.Test(command.To), ct);
            return Unit.Value;
        }
    }
}
