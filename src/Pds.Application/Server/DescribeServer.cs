using MediatR;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Domain.Syntax;

namespace Pds.Application.Server;

/// <summary><c>com.atproto.server.describeServer</c>: what somebody needs to know before signing up.</summary>
public sealed record DescribeServer : IQuery<DescribeServer.Output>
{
    public sealed record Output(
        Did Did, IReadOnlyList<string> AvailableUserDomains, bool InviteCodeRequired, long BlobUploadLimit, ServerLinks Links, ServerContact Contact);

    public sealed record ServerLinks(string? PrivacyPolicy, string? TermsOfService);

    public sealed record ServerContact(string? Email);

    internal sealed class Handler(ServiceOptions service, IdentityOptions identity, StorageOptions storage) : IRequestHandler<DescribeServer, Output>
    {
        public Task<Output> Handle(DescribeServer query, CancellationToken ct) => Task.FromResult(new Output(
            service.Did,
            identity.HandleDomains,
            service.InviteRequired,
            storage.BlobUploadLimit,
            new ServerLinks(service.PrivacyPolicyUrl, service.TermsOfServiceUrl),
            new ServerContact(service.ContactEmail)));
    }
}
