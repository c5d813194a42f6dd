using System.Security.Cryptography;
using System.Text;
using Pds.Application.Options;
using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>The code of each request. It is made from the request's name, so that a user who presses the button twice takes the same one to the client both times, and it need not be kept in clear.</summary>
internal sealed class AuthorizationCodes(SecretOptions secrets)
{
    private readonly byte[] _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secrets.JwtSecret.Reveal()), "oauth authorization codes"u8);

    public Secret For(RequestUri request) => AuthorizationCode.Of(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(request.ToString()!)));
}
