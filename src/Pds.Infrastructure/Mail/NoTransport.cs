using Pds.Application.Errors;

namespace Pds.Infrastructure.Mail;

/// <summary>A server that was told of no mail server says so, rather than let people wait for what will not come.</summary>
internal sealed class NoTransport : IMailTransport
{
    public Task DeliverAsync(OutgoingMail mail, CancellationToken ct) => throw XrpcException.UpstreamFailure("This server cannot send mail");
}
