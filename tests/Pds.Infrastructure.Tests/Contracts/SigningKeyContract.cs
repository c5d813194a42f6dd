using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Pds.Domain.Crypto;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>What every kind of signing key does, and the verifier that goes with it.</summary>
public abstract class SigningKeyContract
{
    private static readonly byte[] Message = "hello"u8.ToArray();

    private readonly Curve _curve;
    private readonly KeyFactory _keys;
    private readonly SignatureVerifier _verifier;

    private protected SigningKeyContract(Curve curve, K256Backend backend)
    {
        _curve = curve;
        _keys = new KeyFactory(backend);
        _verifier = new SignatureVerifier(backend);
    }

    [ContractFact]
    public void Signs_what_its_public_key_verifies()
    {
        var key = NewKey();

        var signature = key.Sign(Message);

        Assert.Equal(_curve, key.PublicKey.Curve);
        Assert.True(_verifier.Verify(key.PublicKey, Message, signature));
    }

    [ContractFact]
    public void Signs_64_bytes_with_a_low_S_every_time()
    {
        var key = NewKey();

        for (var i = 0; i < 200; i++)
        {
            var message = Encoding.UTF8.GetBytes($"message {i}");
            var signature = key.Sign(message);

            Assert.Equal(Signature.ByteLength, signature.Length);
            Assert.True(Signature.IsLowS(_curve, signature));
            Assert.True(_verifier.Verify(key.PublicKey, message, signature));
        }
    }

    [ContractFact]
    public void Is_understood_by_every_other_implementation()
    {
        var secret = _keys.Generate(_curve);
        var ours = _keys.Import(secret);

        foreach (var backend in Backends)
        {
            var theirs = new KeyFactory(backend).Import(secret);

            Assert.Equal(ours.PublicKey, theirs.PublicKey);
            Assert.True(new SignatureVerifier(backend).Verify(ours.PublicKey, Message, ours.Sign(Message)));
            Assert.True(_verifier.Verify(theirs.PublicKey, Message, theirs.Sign(Message)));
        }
    }

    [ContractFact]
    public void Refuses_another_key_another_message_and_an_altered_signature()
    {
        var key = NewKey();
        var signature = key.Sign(Message);

        Assert.False(_verifier.Verify(NewKey().PublicKey, Message, signature));
        Assert.False(_verifier.Verify(key.PublicKey, "hallo"u8, signature));
        for (var i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 1;
            Assert.False(_verifier.Verify(key.PublicKey, Message, signature));
            signature[i] ^= 1;
        }
    }

    [ContractFact]
    public void Refuses_the_same_signature_with_its_high_S()
    {
        var key = NewKey();
        var signature = key.Sign(Message);

        HighS.Of(_curve, signature);

        Assert.False(_verifier.Verify(key.PublicKey, Message, signature));
    }

    [ContractFact]
    public void Refuses_a_signature_of_another_length()
    {
        var key = NewKey();
        var signature = key.Sign(Message);

        Assert.False(_verifier.Verify(key.PublicKey, Message, []));
        Assert.False(_verifier.Verify(key.PublicKey, Message, signature.AsSpan(..63)));
        Assert.False(_verifier.Verify(key.PublicKey, Message, [.. signature, 0]));
    }

    [ContractFact]
    public void Refuses_halves_that_are_zero_or_out_of_range()
    {
        var key = NewKey().PublicKey;
        var one = new byte[32];
        one[31] = 1;
        var order = HighS.Order(_curve);
        var huge = Enumerable.Repeat((byte)0xff, 32).ToArray();

        foreach (var r in (byte[][])[new byte[32], one, order, huge])
            foreach (var s in (byte[][])[new byte[32], one, order, huge])
                Assert.False(_verifier.Verify(key, Message, [.. r, .. s]));
    }

    [ContractFact]
    public void Refuses_every_signature_for_a_key_that_is_not_on_the_curve()
    {
        var signature = NewKey().Sign(Message);
        var beyondThePrime = DidKey.Of(_curve, [2, .. Enumerable.Repeat((byte)0xff, 32)]);
        var withoutRoot = DidKey.Of(_curve, OffCurve());

        Assert.False(_verifier.Verify(beyondThePrime, Message, signature));
        Assert.False(_verifier.Verify(withoutRoot, Message, signature));
    }

    [ContractFact]
    public void Imports_the_key_that_was_stored()
    {
        var secret = _keys.Generate(_curve);

        var first = _keys.Import(secret);
        var again = _keys.Import(PrivateKey.Of(_curve, secret.Reveal()));

        Assert.Equal(first.PublicKey, again.PublicKey);
        Assert.True(_verifier.Verify(first.PublicKey, Message, again.Sign(Message)));
    }

    [ContractFact]
    public void Imports_the_smallest_and_the_greatest_key_there_is()
    {
        var least = new byte[32];
        least[31] = 1;
        var greatest = HighS.Order(_curve);
        greatest[31]--;

        foreach (var bytes in (byte[][])[least, greatest])
        {
            var key = _keys.Import(PrivateKey.Of(_curve, bytes));

            Assert.True(_verifier.Verify(key.PublicKey, Message, key.Sign(Message)));
        }
    }

    [ContractFact]
    public void Serves_eight_threads_at_once()
    {
        var key = NewKey();
        var failures = new ConcurrentBag<string>();

        var threads = Enumerable.Range(0, 8).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < 50; i++)
            {
                var message = Encoding.UTF8.GetBytes($"{thread}/{i}");
                if (!_verifier.Verify(key.PublicKey, message, key.Sign(message))) failures.Add($"{thread}/{i}");
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Empty(failures);
    }

    private IEnumerable<K256Backend> Backends => Secp256k1Native.IsPresent ? [K256Backend.Platform, K256Backend.Libsecp256k1] : [K256Backend.Platform];

    private ISigningKey NewKey() => _keys.Import(_keys.Generate(_curve));

    private byte[] OffCurve()
    {
        // Half of all x have no point, so a few tries find one.
        while (true)
        {
            byte[] compressed = [2, .. RandomNumberGenerator.GetBytes(32)];
            if (!CurvePoint.TryDecompress(_curve, compressed, out _)) return compressed;
        }
    }
}
