using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>A record of the caller's that a service has not seen yet.</summary>
/// <param name="WrittenAt">When: what the service will call <c>indexedAt</c>, or nearly.</param>
internal sealed record UnseenRecord(AtUri Uri, Cid Cid, DateTimeOffset WrittenAt, LexObject Value);
