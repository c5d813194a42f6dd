using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Pds.Application.Accounts;
using Pds.Application.Accounts.Factors;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary>What a sign-in page remembers between the password and the second factor: in a hidden field, encrypted, for ten minutes. The password is not in it.</summary>
internal sealed class FactorTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("second factor of signing in").ToTimeLimitedDataProtector();

    public string Write(Contents contents) =>
        _protector.Protect(JsonSerializer.Serialize(new Stored(contents.Mark.Did.Value, contents.Mark.Fingerprint, contents.Kinds, contents.IsRemembered)), Lifetime);

    /// <summary>Null for one that is too old, or no ticket.</summary>
    public Contents? Read(string? text)
    {
        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(_protector.Unprotect(text ?? ""))!;
            return new Contents(new PasswordMark(Did.Parse(stored.Sub), stored.Fingerprint), stored.Kinds, stored.IsRemembered);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    internal sealed record Contents(PasswordMark Mark, FactorKinds Kinds, bool IsRemembered);

    private sealed record Stored(string Sub, string Fingerprint, FactorKinds Kinds, bool IsRemembered);
}
