using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>That somebody knew an account's own password a moment ago: good until the password changes.</summary>
/// <param name="Fingerprint">Of the stored hash that it was checked against: 32 bytes in hexadecimal.</param>
public sealed record PasswordMark(Did Did, string Fingerprint)
{
    internal static PasswordMark Of(RightPassword right) => new(right.Did, FingerprintOf(right.Hash!));

    /// <summary>Whether it is of that stored hash.</summary>
    internal bool IsOf(string hash) => Fingerprint == FingerprintOf(hash);

    private static string FingerprintOf(string hash) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"password mark\0{hash}")));
}
