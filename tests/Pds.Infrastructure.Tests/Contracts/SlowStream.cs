namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>Gives one byte at a time.</summary>
internal sealed class SlowStream(byte[] content) : MemoryStream(content)
{
    /// <summary>Fails at the end, as a connection does that is lost.</summary>
    public bool BreaksOff { get; init; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        BreaksOff && Position == Length ? throw new EndOfStreamException() : base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
}
