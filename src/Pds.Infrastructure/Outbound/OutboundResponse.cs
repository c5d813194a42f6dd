using System.Net;

namespace Pds.Infrastructure.Outbound;

/// <summary>An answer, read whole.</summary>
internal sealed record OutboundResponse(HttpStatusCode Status, string? MediaType, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and <= 299;
}
