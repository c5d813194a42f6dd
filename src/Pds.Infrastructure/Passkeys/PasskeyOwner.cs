using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Passkeys;

/// <summary>An account as ASP.NET Core Identity knows it: somebody with passkeys.</summary>
internal sealed record PasskeyOwner(Did Did)
{
    public string Id { get; } = Passkey.OwnerIdOf(Did);
}
