using System.Net;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.OAuth;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.OAuth;

/// <summary>Fetches clients' documents through the guarded door (https://atproto.com/specs/oauth#client-id-metadata-document): status 200, JSON, no redirects, bounded; remembered for ten minutes.</summary>
internal sealed class HttpClientDocuments(SafeHttpClient http, OutboundOptions outbound, TimeProvider time) : IClientDocuments
{
    private const string Json = "application/json";
    private const int Capacity = 1_000;

    private static readonly OutboundLimits Limits = new(TimeSpan.FromSeconds(5), ClientMetadata.MaxBytes);
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FailureMaxAge = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly LookupCache<ClientId, Fetched<ClientMetadata>> _documents = new(Capacity, time);
    private readonly LookupCache<Uri, Fetched<IReadOnlyList<Jwk>>> _keys = new(Capacity, time);

    public async Task<ClientMetadata> FindAsync(ClientId client, CancellationToken ct)
    {
        if (client.IsLoopback) return LoopbackClient.Read(client);

        Demand(client);
        return await FindAsync(_documents, client, client.Address, MaxAge, utf8 => ClientDocument.Read(client, utf8, outbound.AllowPrivateAddresses), ct);
    }

    public async Task<IReadOnlyList<Jwk>> FindKeysAsync(ClientMetadata client, string kid, CancellationToken ct)
    {
        if (client.KeysUri is not { } address) return client.Keys ?? [];

        var keys = await FindAsync(_keys, address, address, MaxAge, ClientDocument.ReadKeys, ct);
        return keys.Any(key => key.Id == kid) ? keys : await FindAsync(_keys, address, address, Pause, ClientDocument.ReadKeys, ct); // a new key, perhaps
    }

    /// <summary>What only a sandbox may ask for.</summary>
    private void Demand(ClientId client)
    {
        if (outbound.AllowPrivateAddresses) return;
        if (ReservedDomains.Contain(client.Host)) throw OAuthException.InvalidClientId("The client_id's TLD must not be a local hostname");
        if (!client.Address.IsDefaultPort) throw OAuthException.InvalidClientId("The client_id must not have a port");
    }

    /// <summary>From memory while it is not too old. A failure is remembered for some seconds: whoever names a host that hangs makes this server ask it once.</summary>
    private async Task<T> FindAsync<TKey, T>(
        LookupCache<TKey, Fetched<T>> cache, TKey key, Uri address, TimeSpan maxAge, Func<ReadOnlyMemory<byte>, T> read, CancellationToken ct) where TKey : notnull
    {
        var isKnown = cache.TryGet(key, out var known, out var age);
        if (!isKnown || age > (known!.Failure is null ? maxAge : FailureMaxAge))
            known = await cache.LookUpAsync(key, async () => await FetchAsync(address, read), ct);
        return known!.Failure is { } failure ? throw failure.Again() : known.Value!;
    }

    private async Task<Fetched<T>?> FetchAsync<T>(Uri address, Func<ReadOnlyMemory<byte>, T> read)
    {
        try
        {
            var response = await http.GetAsync(address, Limits, Json, CancellationToken.None);
            if (response.Status != HttpStatusCode.OK) throw new OutboundException($"{address.Host} answered with status {(int)response.Status}");
            if (response.MediaType != Json) throw new OutboundException($"{address.Host} answered with another Content-Type than {Json}");
            return new Fetched<T>(read(response.Body), Failure: null);
        }
        catch (OutboundException unreachable)
        {
            return new Fetched<T>(default, OAuthException.InvalidClientMetadata($"Unable to fetch {address}: {unreachable.Message}", unreachable));
        }
        catch (OAuthException broken)
        {
            return new Fetched<T>(default, broken);
        }
    }

    private sealed record Fetched<T>(T? Value, OAuthException? Failure);
}
