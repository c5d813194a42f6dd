using Pds.Application.Options;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Identity;

/// <summary>What the network said lately. Whoever changes an identity makes it forget.</summary>
internal sealed class IdentityCache(IdentityCacheOptions options, TimeProvider time)
{
    public LookupCache<Did, DidDocument> Documents { get; } = new(options.Capacity, time);

    public LookupCache<Handle, Did> Handles { get; } = new(options.Capacity, time);
}
