using System.Security.Cryptography;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Crypto;

public sealed class KeyEncryptionTests
{
    private static readonly byte[] Plain = RandomNumberGenerator.GetBytes(32);

    private readonly KeyEncryption _encryption = new(RandomNumberGenerator.GetBytes(KeyEncryption.KeyLength));

    [Fact]
    public void Opens_what_it_sealed()
    {
        var sealedKey = _encryption.Seal(Plain, "did:plc:alice"u8);

        Assert.Equal(Plain.Length + KeyEncryption.Overhead, sealedKey.Length);
        Assert.Equal(-1, sealedKey.AsSpan().IndexOf(Plain));
        Assert.Equal(Plain, _encryption.Open(sealedKey, "did:plc:alice"u8));
    }

    [Fact]
    public void Seals_the_same_key_differently_each_time() =>
        Assert.NotEqual(_encryption.Seal(Plain, "did:plc:alice"u8), _encryption.Seal(Plain, "did:plc:alice"u8));

    [Fact]
    public void Refuses_a_row_that_was_moved_to_another_account()
    {
        var sealedKey = _encryption.Seal(Plain, "did:plc:alice"u8);

        Assert.Throws<KeyEncryptionException>(() => _encryption.Open(sealedKey, "did:plc:mallory"u8));
    }

    [Fact]
    public void Refuses_another_operators_key_and_says_that_it_may_be_that()
    {
        var other = new KeyEncryption(RandomNumberGenerator.GetBytes(KeyEncryption.KeyLength));

        var refusal = Assert.Throws<KeyEncryptionException>(() => other.Open(_encryption.Seal(Plain, "did:plc:alice"u8), "did:plc:alice"u8));

        Assert.Contains("key file", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_change_in_any_byte()
    {
        var sealedKey = _encryption.Seal(Plain, "did:plc:alice"u8);

        for (var i = 0; i < sealedKey.Length; i++)
        {
            sealedKey[i] ^= 1;
            Assert.Throws<KeyEncryptionException>(() => _encryption.Open(sealedKey, "did:plc:alice"u8));
            sealedKey[i] ^= 1;
        }
    }

    [Fact]
    public void Refuses_a_row_that_is_cut_short()
    {
        var sealedKey = _encryption.Seal(Plain, "did:plc:alice"u8);

        for (var length = 0; length < sealedKey.Length; length++)
            Assert.Throws<KeyEncryptionException>(() => _encryption.Open(sealedKey.AsSpan(..length), "did:plc:alice"u8));
    }

    [Theory, InlineData(0), InlineData(16), InlineData(31), InlineData(33)]
    public void Takes_a_key_of_32_bytes_only(int length) => Assert.Throws<ArgumentException>(() => new KeyEncryption(new byte[length]));
}
