namespace Pds.Application.Proxying;

/// <summary>Reads an answer whole that this server has to understand.</summary>
internal static class BoundedBody
{
    /// <exception cref="InvalidDataException">It is longer.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, int maxBytes, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (await body.ReadAsync(buffer, ct) is var count and > 0)
        {
            if (whole.Length + count > maxBytes) throw new InvalidDataException($"More than {maxBytes} bytes");
            whole.Write(buffer, 0, count);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
