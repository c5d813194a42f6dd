using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Persistence.Rows;

internal sealed class OAuthRequestRow
{
    public required RequestUri Id { get; init; }

    public required ClientId Client { get; init; }

    /// <summary>As a form: <c>name=value&amp;…</c></summary>
    public required string Parameters { get; set; }

    public string? ClientKeyId { get; init; }

    public string? ClientKeyAlgorithm { get; init; }

    public string? ClientKeyThumbprint { get; init; }

    public required DateTimeOffset PushedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public string? DeviceId { get; set; }

    public Did? Did { get; set; }

    public byte[]? CodeHash { get; set; }
}

internal sealed class OAuthSessionRow
{
    public required string Id { get; init; }

    public required Did Did { get; init; }

    public required ClientId Client { get; init; }

    public string? ClientKeyId { get; set; }

    public string? ClientKeyAlgorithm { get; set; }

    public string? ClientKeyThumbprint { get; set; }

    public required string DeviceId { get; init; }

    public required string KeyThumbprint { get; init; }

    public required string Requested { get; init; }

    public required string Scope { get; set; }

    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset RefreshedAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public byte[]? RefreshHash { get; set; }

    public byte[]? PreviousHash { get; set; }
}

internal sealed class OAuthConsentRow
{
    public required Did Did { get; init; }

    public required ClientId Client { get; init; }

    public required string Scope { get; set; }
}
