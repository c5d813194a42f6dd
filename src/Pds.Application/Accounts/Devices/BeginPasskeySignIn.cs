using MediatR;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts.Devices;

/// <summary>What a browser needs to be signed in by a passkey.</summary>
/// <param name="Did">Whose passkey it must be, once the password was right; null for anybody's, which says itself whose it is.</param>
public sealed record BeginPasskeySignIn(Did? Did = null) : IQuery<PasskeyCeremony>
{
    internal sealed class Handler(IPasskeyCeremonies ceremonies) : IRequestHandler<BeginPasskeySignIn, PasskeyCeremony>
    {
        public Task<PasskeyCeremony> Handle(BeginPasskeySignIn query, CancellationToken ct) => ceremonies.BeginUsingAsync(query.Did);
    }
}
