using Pds.Domain.Accounts;

namespace Pds.Application.Options;

/// <summary>Who the mail server is to take this server for. Neither is printed.</summary>
public sealed record MailCredentials(Secret User, Secret Password);
