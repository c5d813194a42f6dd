using FluentValidation;
using MediatR;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.sendEmail</c>: a moderator writes to an account, in whichever state it is.</summary>
/// <param name="Content">HTML, as moderation tools write it, or plain text.</param>
/// <param name="SenderDid">Who writes; the mail does not tell.</param>
/// <param name="Comment">For other moderators; not in the mail.</param>
public sealed record SendEmail(Did RecipientDid, string Content, Did SenderDid, string Subject = "Message via your PDS", string? Comment = null)
    : ICommand<SendEmail.Output>, IAdminCommand
{
    private const int MaxSubjectLength = 1_000;

    public string AuditSubject => RecipientDid.Value;

    public sealed record Output(bool Sent);

    internal sealed class Validator : AbstractValidator<SendEmail>
    {
        public Validator() => RuleFor(command => command.Subject).MaximumLength(MaxSubjectLength)
            .WithMessage($"Subject too long. Maximum length is {MaxSubjectLength} characters.");
    }

    internal sealed class Handler(IAccountStore accounts, IMailer mailer) : IRequestHandler<SendEmail, Output>
    {
        public async Task<Output> Handle(SendEmail command, CancellationToken ct)
        {
            var account = await accounts.FindAsync(command.RecipientDid, ct) ?? throw XrpcException.InvalidRequest("Recipient not found");
            if (string.IsNullOrEmpty(account.Email)) throw XrpcException.InvalidRequest("account does not have an email address");

            await mailer.SendAsync(new Letter.FromModerators(account.Email, command.Subject, command.Content), ct);
            return new Output(Sent: true);
        }
    }
}
