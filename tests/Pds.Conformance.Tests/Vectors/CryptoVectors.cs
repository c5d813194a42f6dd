using System.Text.Json;
using Pds.Domain.Crypto;
using Pds.Infrastructure.Crypto;

namespace Pds.Conformance.Tests.Vectors;

public sealed class CryptoVectors
{
    private const string LowS = """
        {"messageBase64":"oWVoZWxsb2V3b3JsZA","didDocSuite":"EcdsaSecp256k1VerificationKey2019","algorithm":"ES256K",
        "publicKeyDid":"did:key:zQ3shqwJEJyMBsBXCWyCBpUBMqxcon9oHB7mCvx4sSpMdLJwc","publicKeyMultibase":"z25z9DTpsiYYJKGsWmSPJK2NFN8PcJtZig12K59UgW7q5t",
        "signatureBase64":"5WpdIuEUUfVUYaozsi8G0B3cWO09cgZbIIwg1t2YKdUn/FEznOndsz/qgiYb89zwxYCbB71f7yQK5Lr7NasfoA","validSignature":true}
        """;

    private const string HighS = """
        {"messageBase64":"oWVoZWxsb2V3b3JsZA","didDocSuite":"EcdsaSecp256r1VerificationKey2019","algorithm":"ES256",
        "publicKeyDid":"did:key:zDnaembgSGUhZULN2Caob4HLJPaxBh92N7rtH21TErzqf8HQo","publicKeyMultibase":"zxdM8dSstjrpZaRUwBmDvjGXweKuEMVN95A9oJBFjkWMh",
        "signatureBase64":"2vZNsG3UKvvO/CDlrdvyZRISOFylinBh0Jupc6KcWoKp7O4VS9giSAah8k5IUbXIW00SuOrjfEqQ9HEkN9JGzw","validSignature":false}
        """;

    [Theory, InteropItems("crypto/signature-fixtures.json", LowS, HighS)]
    public void Every_implementation_takes_the_valid_signatures_and_no_other(string item)
    {
        using var fixture = JsonDocument.Parse(item);
        var key = DidKey.Parse(Text(fixture, "publicKeyDid"));
        var message = Bytes(Text(fixture, "messageBase64"));
        var signature = Bytes(Text(fixture, "signatureBase64"));
        var valid = fixture.RootElement.GetProperty("validSignature").GetBoolean();

        foreach (var verifier in Verifiers) Assert.Equal(valid, verifier.Verify(key, message, signature));
    }

    [Theory, InteropItems("crypto/signature-fixtures.json", LowS, HighS)]
    public void A_did_document_holds_the_same_key_as_the_did(string item)
    {
        using var fixture = JsonDocument.Parse(item);

        Assert.True(DidKey.TryFromVerificationMethod(Text(fixture, "didDocSuite"), Text(fixture, "publicKeyMultibase"), out var key));
        Assert.Equal(Text(fixture, "publicKeyDid"), key.ToString());
        Assert.Equal(Text(fixture, "algorithm"), key.JwtAlgorithm);
    }

    [Theory]
    [InteropItems("crypto/w3c_didkey_K256.json", """
        {"privateKeyBytesHex":"9085d2bef69286a6cbb51623c8fa258629945cd55ca705cc4e66700396894e0c","publicDidKey":"did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme"}
        """)]
    public void A_K256_private_key_has_this_did_key(string item)
    {
        using var fixture = JsonDocument.Parse(item);

        HasDidKey(PrivateKey.Of(Curve.K256, Convert.FromHexString(Text(fixture, "privateKeyBytesHex"))), Text(fixture, "publicDidKey"));
    }

    [Theory]
    [InteropItems("crypto/w3c_didkey_P256.json", """
        {"privateKeyBytesBase58":"9p4VRzdmhsnq869vQjVCTrRry7u4TtfRxhvBFJTGU2Cp","publicDidKey":"did:key:zDnaeTiq1PdzvZXUaMdezchcMJQpBdH2VN4pgrrEhMCCbmwSb"}
        """)]
    public void A_P256_private_key_has_this_did_key(string item)
    {
        using var fixture = JsonDocument.Parse(item);
        var bytes = new byte[PrivateKey.ByteLength];

        Assert.True(Base58.TryDecode(Text(fixture, "privateKeyBytesBase58"), bytes, out _));
        HasDidKey(PrivateKey.Of(Curve.P256, bytes), Text(fixture, "publicDidKey"));
    }

    private static IEnumerable<K256Backend> Backends => Secp256k1Native.IsPresent ? [K256Backend.Platform, K256Backend.Libsecp256k1] : [K256Backend.Platform];

    private static IEnumerable<SignatureVerifier> Verifiers => Backends.Select(backend => new SignatureVerifier(backend));

    private static void HasDidKey(PrivateKey secret, string didKey)
    {
        foreach (var backend in Backends) Assert.Equal(didKey, new KeyFactory(backend).Import(secret).PublicKey.ToString());
    }

    private static string Text(JsonDocument fixture, string property) => fixture.RootElement.GetProperty(property).GetString()!;

    private static byte[] Bytes(string unpadded) => Convert.FromBase64String(unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '='));
}
