using System.Security.Cryptography;
using System.Text;
using Pds.Application.Options;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>Makes the codes of requests that are accepted. That of a request is always the same, so one whose answer was lost can be given again, and only its hash need be kept.</summary>
internal sealed class AuthorizationCodes(SecretOptions secrets)
{
    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets.JwtSecret.Reveal()), "oauth authorization codes"u8);

    public Secret Of(RequestUri request) => AuthorizationCode.Of(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(request.Value)));
}
