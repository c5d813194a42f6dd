using System.Globalization;
using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.getInviteCodes</c>: everybody's codes, the newest first or the most used.</summary>
public sealed record GetInviteCodes(string Sort = "recent", [property: Between(1, 500)] int Limit = 100, string? Cursor = null) : IQuery<GetInviteCodes.Output>
{
    private const string Separator = "::";

    public sealed record Output(string? Cursor, IReadOnlyList<InviteCodeView> Codes);

    internal sealed class Handler(IInviteStore invites) : IRequestHandler<GetInviteCodes, Output>
    {
        public async Task<Output> Handle(GetInviteCodes query, CancellationToken ct)
        {
            var sort = query.Sort switch
            {
                "recent" => InviteSort.Recent,
                "usage" => InviteSort.Usage,
                var other => throw XrpcException.InvalidRequest($"unknown sort method: {other}"),
            };
            var page = await invites.ListAsync(sort, ParseCursor(query.Cursor), query.Limit, ct);

            return new Output(page.Count > 0 ? WriteCursor(sort, page[^1]) : null, [.. page.Select(InviteCodeView.Of)]);
        }

        private static string WriteCursor(InviteSort sort, InviteCode last)
        {
            var key = sort == InviteSort.Recent ? last.CreatedAt.ToUnixTimeMilliseconds() : last.Uses.Count;
            return string.Create(CultureInfo.InvariantCulture, $"{key}{Separator}{last.Code}");
        }

        private static InvitePosition? ParseCursor(string? cursor)
        {
            if (string.IsNullOrEmpty(cursor)) return null;
            return cursor.Split(Separator) is [var key, { Length: > 0 } code] && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new InvitePosition(number, code)
                : throw XrpcException.MalformedCursor();
        }
    }
}
