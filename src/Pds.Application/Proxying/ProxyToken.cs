using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>What a service gets to know about a call that is passed on to it.</summary>
/// <param name="Issuer">The account that calls.</param>
/// <param name="Audience">Whom the token is for: the bare DID, also where a service in its document is meant. Receivers compare it with theirs.</param>
/// <param name="Method">The method that it is good for.</param>
internal sealed record ProxyToken(Did Issuer, DidReference Audience, Nsid Method)
{
    public static ProxyToken For(Did issuer, ServiceRoute route, Nsid method) => new(issuer, DidReference.Of(route.Service.Did), method);
}
