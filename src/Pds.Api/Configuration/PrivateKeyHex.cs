using Pds.Domain.Crypto;

namespace Pds.Api.Configuration;

/// <summary>A K-256 private key as 64 hexadecimal digits: the official distribution's way to write the rotation key.</summary>
internal static class PrivateKeyHex
{
    /// <returns>Null for what is no key.</returns>
    public static PrivateKey? Parse(string text)
    {
        if (text.Length != 2 * PrivateKey.ByteLength || !text.All(char.IsAsciiHexDigit)) return null;
        try
        {
            return PrivateKey.Of(Curve.K256, Convert.FromHexString(text));
        }
        catch (FormatException)
        {
            return null; // zero, or beyond the curve's order
        }
    }

    public static string Format(PrivateKey key) => Convert.ToHexStringLower(key.Reveal());
}
