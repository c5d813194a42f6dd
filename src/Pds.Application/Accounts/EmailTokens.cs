using System.Security.Cryptography;
using System.Text;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Makes the codes that are sent by mail, and takes them back. Use it in the account's turn, so that a code is used once.</summary>
internal sealed class EmailTokens(IEmailTokenStore store, TimeProvider time)
{
    private const int Groups = 2;
    private const int GroupLength = 5;

    /// <summary>A new code, such as <c>4F2TK-QZ7XA</c>, in the place of an earlier one.</summary>
    public async Task<Secret> IssueAsync(Did did, EmailTokenPurpose purpose, CancellationToken ct)
    {
        var code = NewCode();
        await KeepAsync(did, purpose, code, ct);
        return code;
    }

    /// <summary>A code that is good for nothing yet.</summary>
    public static Secret NewCode() => Secret.Of(ReadableCode.Create(Groups, GroupLength).Reveal().ToUpperInvariant());

    /// <summary>Makes a code good, from now on, in the place of an earlier one.</summary>
    public Task KeepAsync(Did did, EmailTokenPurpose purpose, Secret code, CancellationToken ct) => KeepAsync(did, purpose, code, time.GetUtcNow(), ct);

    /// <summary>The same for a code that was made, and mailed, some time ago.</summary>
    public Task KeepAsync(Did did, EmailTokenPurpose purpose, Secret code, DateTimeOffset since, CancellationToken ct) =>
        store.PutAsync(new EmailToken(did, purpose, HashOf(code), since), ct);

    /// <summary>Uses a code up: it must be the account's, for that purpose, and not too old. Case, hyphens and spaces do not matter.</summary>
    /// <exception cref="XrpcException">InvalidToken, ExpiredToken.</exception>
    public async Task TakeAsync(Did did, EmailTokenPurpose purpose, Secret code, CancellationToken ct)
    {
        if (!await TryTakeAsync(did, purpose, code, ct)) throw XrpcException.InvalidToken("Token is invalid");
    }

    /// <summary>The same, for whoever counts wrong ones: false for one that is not right.</summary>
    /// <exception cref="XrpcException">ExpiredToken.</exception>
    public async Task<bool> TryTakeAsync(Did did, EmailTokenPurpose purpose, Secret code, CancellationToken ct)
    {
        var token = await store.FindAsync(did, purpose, ct);
        if (token is null || !CryptographicOperations.FixedTimeEquals(token.Hash.Span, HashOf(code).Span)) return false;
        CheckAge(token);
        await store.RemoveAsync(did, purpose, ct);
        return true;
    }

    /// <summary>Whose code that is; it is not used up.</summary>
    /// <exception cref="XrpcException">InvalidToken, ExpiredToken.</exception>
    public async Task<Did> RequireOwnerAsync(EmailTokenPurpose purpose, Secret code, CancellationToken ct)
    {
        var token = await store.FindAsync(purpose, HashOf(code), ct) ?? throw XrpcException.InvalidToken("Token is invalid");
        CheckAge(token);
        return token.Did;
    }

    /// <summary>Makes the code of an account for one purpose void, if there is one.</summary>
    public Task RevokeAsync(Did did, EmailTokenPurpose purpose, CancellationToken ct) => store.RemoveAsync(did, purpose, ct);

    /// <summary>Makes every code of an account void.</summary>
    public Task RevokeAllAsync(Did did, CancellationToken ct) => store.RemoveAllAsync(did, ct);

    private void CheckAge(EmailToken token)
    {
        if (time.GetUtcNow() - token.RequestedAt > EmailToken.Lifetime) throw XrpcException.ExpiredToken("Token is expired");
    }

    private static ReadOnlyMemory<byte> HashOf(Secret code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes([.. code.Reveal().Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]));
}
