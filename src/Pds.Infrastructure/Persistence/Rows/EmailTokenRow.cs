using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class EmailTokenRow
{
    public required Did Did { get; init; }

    public required EmailTokenPurpose Purpose { get; init; }

    public required byte[] Hash { get; set; }

    public required DateTimeOffset RequestedAt { get; set; }
}
