namespace Pds.Infrastructure.Mail.Smtp;

/// <summary>Makes a message fit between DATA and the dot that ends it (RFC 5321 section 4.5.2).</summary>
internal static class DotStuffing
{
    /// <summary>Doubles the dot at the start of a line, and adds the last one.</summary>
    /// <param name="content">Its lines end with CR LF, the last one too.</param>
    public static byte[] Apply(ReadOnlySpan<byte> content)
    {
        var stuffed = new List<byte>(content.Length + 64);
        var isAtStart = true;
        foreach (var octet in content)
        {
            if (isAtStart && octet == '.') stuffed.Add((byte)'.');
            stuffed.Add(octet);
            isAtStart = octet == '\n';
        }

        return [.. stuffed, .. ".\r\n"u8];
    }
}
