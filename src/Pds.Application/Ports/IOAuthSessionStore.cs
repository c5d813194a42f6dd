using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>The sessions that apps have by OAuth, and what their users consented to. Changes are saved with the unit of work.</summary>
public interface IOAuthSessionStore
{
    /// <summary>As it is stored now. Every request of an app asks, so this is quick.</summary>
    OAuthSession? Find(string id);

    /// <summary>The session that began with the code of that hash.</summary>
    Task<OAuthSession?> FindByCodeAsync(ReadOnlyMemory<byte> codeHash, CancellationToken ct);

    /// <summary>Those of an account, the last refreshed first; some may hold no more.</summary>
    Task<IReadOnlyList<OAuthSession>> ListAsync(Did did, CancellationToken ct);

    /// <exception cref="Errors.XrpcException">On saving: the account has gone meanwhile.</exception>
    void Add(OAuthSession session);

    /// <summary>Replaces a session that is here.</summary>
    Task UpdateAsync(OAuthSession session, CancellationToken ct);

    Task RemoveAsync(string id, CancellationToken ct);

    /// <summary>Removes every session whose time had run out by <paramref name="moment"/>, bit by bit. Takes effect at once. Answers how many.</summary>
    Task<int> RemoveExpiredAsync(DateTimeOffset moment, CancellationToken ct);

    /// <summary>The scopes that an account has consented to give a client, with spaces between them; null for none, ever.</summary>
    Task<string?> FindConsentAsync(Did did, ClientId client, CancellationToken ct);

    /// <summary>Keeps a consent in the place of an earlier one.</summary>
    /// <exception cref="Errors.XrpcException">On saving: the account has gone meanwhile.</exception>
    Task PutConsentAsync(Did did, ClientId client, string scope, CancellationToken ct);

    /// <summary>Forgets a consent, if there is one.</summary>
    Task RemoveConsentAsync(Did did, ClientId client, CancellationToken ct);
}
