using System.Text;

namespace Pds.TestKit;

/// <summary>Files that pass for pictures.</summary>
public static class Pictures
{
    /// <summary>One of its own for each name.</summary>
    public static byte[] Png(string name) => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Encoding.UTF8.GetBytes(name)];
}
