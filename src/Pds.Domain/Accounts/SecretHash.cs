using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>How codes of 80 random bits are kept: SHA-256 over what the code is for, whose it is, and the code. Nobody tries 2⁸⁰ codes, so it need not be slow (docs/adr/0023).</summary>
internal static class SecretHash
{
    public static ReadOnlyMemory<byte> Of(string purpose, Did did, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\0{did}\0{code}"));
}
