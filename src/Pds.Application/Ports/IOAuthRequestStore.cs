using Pds.Domain.OAuth;

namespace Pds.Application.Ports;

/// <summary>The authorization requests that are under way. Changes are saved with the unit of work.</summary>
public interface IOAuthRequestStore
{
    /// <summary>As it is stored now, expired or not.</summary>
    Task<PushedRequest?> FindAsync(RequestUri id, CancellationToken ct);

    /// <summary>The request whose code has that hash, expired or not.</summary>
    Task<PushedRequest?> FindByCodeAsync(ReadOnlyMemory<byte> codeHash, CancellationToken ct);

    void Add(PushedRequest request);

    /// <summary>Replaces a request that is here.</summary>
    /// <exception cref="Errors.XrpcException">On saving: the account that accepts it has gone meanwhile.</exception>
    Task UpdateAsync(PushedRequest request, CancellationToken ct);

    Task RemoveAsync(RequestUri id, CancellationToken ct);

    /// <summary>Buffers the removal of some requests that expired before <paramref name="moment"/>: a few milliseconds' worth.</summary>
    void RemoveSomeExpired(DateTimeOffset moment);

    /// <summary>Removes all of them, bit by bit. Takes effect at once. Answers how many.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset moment, CancellationToken ct);
}
