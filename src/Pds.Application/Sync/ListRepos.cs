using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.listRepos</c>: every repo here, oldest account first.</summary>
public sealed record ListRepos([property: Between(1, 1000)] int Limit = 500, string? Cursor = null) : IQuery<ListRepos.Output>
{
    public sealed record Output(string? Cursor, IReadOnlyList<Item> Repos);

    public sealed record Item(Did Did, Cid Head, Tid Rev, bool Active, AccountStatus? Status);

    internal sealed class Handler(IRepoStore repos) : IRequestHandler<ListRepos, Output>
    {
        public async Task<Output> Handle(ListRepos query, CancellationToken ct)
        {
            var page = await repos.ListAsync(AccountCursor.Parse(query.Cursor), query.Limit, ct);

            var cursor = page.Count > 0 ? new AccountCursor(page[^1].CreatedAt, page[^1].Did).ToString() : null;
            return new Output(cursor, [.. page.Select(Describe)]);
        }

        private static Item Describe(RepoListing repo)
        {
            var active = repo.Status == AccountStatus.Active;
            return new Item(repo.Did, repo.Head, repo.Rev, active, active ? null : repo.Status);
        }
    }
}
