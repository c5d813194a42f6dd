using FluentValidation;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.LocalPds.Admin.Relays;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.announceRepos</c>: tells the firehose anew how accounts stand and where their repos are, a page of all of them or some by name.</summary>
/// <remarks>For relays that are out of step: after <c>#account</c> and <c>#sync</c> they fetch what they have otherwise.</remarks>
/// <param name="Dids">Whom; those that are not here are passed over. Null for everybody, from after the cursor on.</param>
/// <param name="SignAnew">Whether repos get new heads, of the same records with a revision of now: after a backup was restored, relays have seen later ones and believe no earlier.</param>
/// <param name="Cursor">Where the page before ended.</param>
/// <param name="Limit">How many accounts at most: see <see cref="RepeatedNews.Pace"/> for how long that takes.</param>
public sealed record AnnounceRepos(IReadOnlyList<Did>? Dids = null, bool SignAnew = false, string? Cursor = null, int Limit = 500) : ICommand<AnnounceRepos.Output>, IAdminCommand
{
    public const int MaxAccounts = 1_000;

    /// <param name="Cursor">Where to go on; null at the end.</param>
    /// <param name="Announced">How many accounts were told of.</param>
    public sealed record Output(string? Cursor, int Announced);

    string IAdminCommand.AuditSubject => Dids is null ? "" : string.Join(' ', Dids);

    string? IAdminCommand.AuditDetail => (SignAnew, Dids is null ? Cursor : null) switch
    {
        (false, null) => null,
        (true, null) => "signed anew",
        (false, { } cursor) => $"after {cursor}",
        (true, { } cursor) => $"signed anew, after {cursor}",
    };

    internal sealed class Validator : AbstractValidator<AnnounceRepos>
    {
        public Validator()
        {
            RuleFor(c => c.Limit).InclusiveBetween(1, MaxAccounts).WithMessage($"limit must be between 1 and {MaxAccounts}");
            RuleFor(c => c.Dids).Must(dids => dids is null or { Count: <= MaxAccounts }).WithMessage($"Too many dids. Max: {MaxAccounts}");
        }
    }

    internal sealed class Handler(IAccountStore accounts, RepeatedNews news) : IRequestHandler<AnnounceRepos, Output>
    {
        public async Task<Output> Handle(AnnounceRepos command, CancellationToken ct)
        {
            if (command.Dids is { } named) return new Output(null, await news.TellAsync([.. named.Distinct()], command.SignAnew, ct));

            var page = await accounts.ListAsync(email: null, AccountCursor.Parse(command.Cursor), command.Limit, ct);
            var told = await news.TellAsync([.. page.Select(account => account.Did)], command.SignAnew, ct);
            return new Output(page.Count == command.Limit ? new AccountCursor(page[^1].CreatedAt, page[^1].Did).ToString() : null, told);
        }
    }
}
