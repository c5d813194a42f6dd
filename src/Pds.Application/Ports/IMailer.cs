using Pds.Application.Errors;
using Pds.Application.Mail;

namespace Pds.Application.Ports;

/// <summary>Sends mail.</summary>
public interface IMailer
{
    /// <summary>Hands a letter to the mail server. When it returns, the server has taken it.</summary>
    /// <exception cref="XrpcException">UpstreamFailure, UpstreamTimeout: the server refuses it, or cannot be reached.</exception>
    Task SendAsync(Letter letter, CancellationToken ct);
}
