using System.Globalization;
using MediatR;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Sync;

/// <summary><c>com.atproto.sync.listRepos</c>: every repo here, oldest account first.</summary>
public sealed record ListRepos([property: Between(1, 1000)] int Limit = 500, string? Cursor = null) : IQuery<ListRepos.Output>
{
    private const string Separator = "::";

    public sealed record Output(string? Cursor, IReadOnlyList<Item> Repos);

    public sealed record Item(Did Did, Cid Head, Tid Rev, bool Active, AccountStatus? Status);

    internal sealed class Handler(IRepoStore repos) : IRequestHandler<ListRepos, Output>
    {
        public async Task<Output> Handle(ListRepos query, CancellationToken ct)
        {
            var (afterTime, afterDid) = ParseCursor(query.Cursor);
            var page = await repos.ListAsync(afterTime, afterDid, query.Limit, ct);

            return new Output(page.Count > 0 ? WriteCursor(page[^1]) : null, [.. page.Select(Describe)]);
        }

        private static Item Describe(RepoListing repo)
        {
            var active = repo.Status == AccountStatus.Active;
            return new Item(repo.Did, repo.Head, repo.Rev, active, active ? null : repo.Status);
        }

        private static string WriteCursor(RepoListing last) =>
            string.Create(CultureInfo.InvariantCulture, $"{last.CreatedAt.ToUnixTimeMilliseconds()}{Separator}{last.Did}");

        private static (DateTimeOffset? Time, Did? Did) ParseCursor(string? cursor)
        {
            if (string.IsNullOrEmpty(cursor)) return (null, null);
            var at = cursor.IndexOf(Separator, StringComparison.Ordinal);
            return at > 0
                && long.TryParse(cursor.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                && Did.TryParse(cursor[(at + Separator.Length)..], out var did)
                    ? (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), did)
                    : throw XrpcException.InvalidRequest("Malformed cursor");
        }
    }
}
