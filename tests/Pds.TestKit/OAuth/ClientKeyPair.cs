using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pds.Domain.Crypto;

namespace Pds.TestKit;

/// <summary>A key pair as OAuth clients have them, for DPoP or to prove themselves with.</summary>
public sealed class ClientKeyPair
{
    private readonly AsymmetricAlgorithm _key;

    /// <param name="algorithm">One that JWTs are signed by.</param>
    /// <param name="kid">What the client calls it; null for nothing.</param>
    public ClientKeyPair(string algorithm = "ES256", string? kid = null)
    {
        (Algorithm, Id) = (algorithm, kid);
        _key = algorithm switch
        {
            "ES256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            "ES256K" => ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1")),
            "ES384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            "ES512" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ => RSA.Create(2048),
        };
        Public = Write();
        Thumbprint = Jwk.TryParse(JsonSerializer.SerializeToElement(Public), out var jwk) ? jwk.Thumbprint : "";
    }

    public string Algorithm { get; }

    public string? Id { get; }

    /// <summary>The public half, as a JWK.</summary>
    public JsonObject Public { get; }

    public string Thumbprint { get; }

    public byte[] Sign(byte[] content)
    {
        var hash = Algorithm[^3..] switch
        {
            "384" => HashAlgorithmName.SHA384,
            "512" => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        return _key switch
        {
            ECDsa ecdsa => ecdsa.SignData(content, hash),
            RSA rsa => rsa.SignData(content, hash, Algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            _ => throw new InvalidOperationException(),
        };
    }

    private JsonObject Write()
    {
        var jwk = new JsonObject();
        if (Id is not null) jwk["kid"] = Id;
        if (_key is RSA rsa)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: false);
            (jwk["kty"], jwk["n"], jwk["e"]) = ("RSA", Base64Url.EncodeToString(parameters.Modulus), Base64Url.EncodeToString(parameters.Exponent));
            return jwk;
        }

        var point = ((ECDsa)_key).ExportParameters(includePrivateParameters: false).Q;
        jwk["crv"] = Algorithm switch
        {
            "ES256" => "P-256",
            "ES256K" => "secp256k1",
            "ES384" => "P-384",
            _ => "P-521",
        };
        (jwk["kty"], jwk["x"], jwk["y"]) = ("EC", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        return jwk;
    }
}
