using Pds.Application.Errors;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages;

/// <summary>What pages ask of a password that somebody chooses: methods leave that to their clients.</summary>
internal static class NewPassword
{
    /// <summary>In UTF-16 code units (NIST SP 800-63B, 5.1.1.2).</summary>
    public const int MinLength = 8;

    /// <exception cref="XrpcException">InvalidRequest: it is shorter.</exception>
    public static Secret Require(string? text) => text is { Length: >= MinLength } ? Secret.Of(text) : throw XrpcException.InvalidRequest(Texts.PasswordTooShort.With(MinLength));
}
