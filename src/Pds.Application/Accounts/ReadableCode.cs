using System.Security.Cryptography;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts;

/// <summary>Random codes that people read and type: groups of base32 letters with hyphens between, five bits a letter.</summary>
internal static class ReadableCode
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>A code of so many groups of so many letters, in lower case.</summary>
    public static Secret Create(int groups, int length) =>
        Secret.Of(string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, length))));
}
