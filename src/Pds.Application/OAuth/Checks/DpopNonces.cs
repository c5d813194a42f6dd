using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Pds.Application.Options;

namespace Pds.Application.OAuth.Checks;

/// <summary>The nonces that this server wants in DPoP proofs (RFC 9449 §8, §9): a new one each minute, the same for everybody, remembered by nobody.</summary>
/// <remarks>
/// Each is an HMAC of its minute, so servers with the same secret take one another's. The one before and the one to come are good too, for whoever has just
/// got the one or is answered by a clock that is ahead: about three minutes each, of the five that the profile allows.
/// </remarks>
public sealed class DpopNonces(SecretOptions secrets, TimeProvider time)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = secrets.DpopSecret is { } secret ? Encoding.UTF8.GetBytes(secret.Reveal()) : RandomNumberGenerator.GetBytes(32);
    private Window _window = new(long.MinValue, "", "", "");

    /// <summary>How long one is good at the most.</summary>
    public static TimeSpan Lifetime => 3 * Slot;

    /// <summary>The one to answer with.</summary>
    public string Next => Current().Next;

    public bool IsGood(string nonce)
    {
        var window = Current();
        return nonce == window.Now || nonce == window.Next || nonce == window.Previous;
    }

    private Window Current()
    {
        var slot = time.GetUtcNow().ToUnixTimeSeconds() / (long)Slot.TotalSeconds;
        if (_window is var window && window.Slot == slot) return window;
        return _window = new Window(slot, Of(slot - 1), Of(slot), Of(slot + 1));
    }

    private string Of(long slot)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, slot);
        return Base64Url.EncodeToString(HMACSHA256.HashData(_key, bytes));
    }

    private sealed record Window(long Slot, string Previous, string Now, string Next);
}
