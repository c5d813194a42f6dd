using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Admin.Views;
using Pds.Application.Pipeline;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.searchAccounts</c>: the accounts whose e-mail address contains a text, in any case; without one, every account. Oldest first.</summary>
/// <remarks>Every page that has an account has a cursor, so a client meets one empty page at the end.</remarks>
public sealed record SearchAccounts(string? Email = null, string? Cursor = null, [property: Between(1, 100)] int Limit = 50) : IQuery<SearchAccounts.Output>
{
    public sealed record Output(string? Cursor, IReadOnlyList<AccountView> Accounts);

    internal sealed class Handler(AccountViews views) : IRequestHandler<SearchAccounts, Output>
    {
        public async Task<Output> Handle(SearchAccounts query, CancellationToken ct)
        {
            var (page, end) = await views.SearchAsync(query.Email, AccountCursor.Parse(query.Cursor), query.Limit, ct);
            return new Output(end?.ToString(), page);
        }
    }
}
