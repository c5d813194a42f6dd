using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pds.TestKit;

/// <summary>An authenticator with one passkey, and the browser that asks it (https://www.w3.org/TR/webauthn-3): what a page's script would send. Each part of it can be made wrong.</summary>
public sealed class SoftwareAuthenticator : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="origin">Where the page is that asks.</param>
    public SoftwareAuthenticator(string origin) => (Origin, RpId) = (origin, new Uri(origin).Host);

    public byte[] CredentialId { get; init; } = RandomNumberGenerator.GetBytes(32);

    public string Origin { get; set; }

    public string RpId { get; set; }

    public bool IsPresent { get; set; } = true;

    public bool IsVerified { get; set; } = true;

    /// <summary>How often it says that it has signed.</summary>
    public uint Count { get; set; }

    /// <summary>What it is asked for; of a page's script.</summary>
    public string Ceremony { get; set; } = "";

    public string? Challenge { get; set; }

    /// <summary>Whose passkey it says that it is; what it was told when it was made.</summary>
    public string? OwnerId { get; set; }

    public bool SpoilsSignature { get; set; }

    public bool IsInForeignFrame { get; set; }

    /// <summary>Makes the passkey.</summary>
    /// <param name="options">What the server asks the browser.</param>
    /// <returns>A credential, as JSON.</returns>
    public string Create(JsonElement options)
    {
        OwnerId ??= options.GetProperty("user").GetProperty("id").GetString();
        var attestation = new CborWriter(CborConformanceMode.Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. AuthenticatorData(HasCredential), .. CredentialData()]);
        attestation.WriteEndMap();
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(ClientData("webauthn.create", options)),
            ["attestationObject"] = Text(attestation.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary>Uses the passkey.</summary>
    /// <inheritdoc cref="Create"/>
    public string Get(JsonElement options)
    {
        var (data, client) = (AuthenticatorData(0), ClientData("webauthn.get", options));
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (SpoilsSignature) signature[^1] ^= 1;
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(signature),
            ["userHandle"] = OwnerId,
        });
    }

    public void Dispose() => _key.Dispose();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Text(CredentialId),
        ["rawId"] = Text(CredentialId),
        ["type"] = "public-key",
        ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(),
    }.ToJsonString();

    private byte[] ClientData(string ceremony, JsonElement options) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = Ceremony.Length > 0 ? Ceremony : ceremony,
        ["challenge"] = Challenge ?? options.GetProperty("challenge").GetString(),
        ["origin"] = Origin,
        ["crossOrigin"] = IsInForeignFrame,
    }.ToJsonString());

    private byte[] AuthenticatorData(byte flags)
    {
        if (IsPresent) flags |= Present;
        if (IsVerified) flags |= Verified;
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RpId)), flags, .. count];
    }

    /// <summary>A model that is not told, the id, and the public key as COSE has it (RFC 9053 §7.1.1).</summary>
    private byte[] CredentialData()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new CborWriter();
        key.WriteStartMap(5);
        foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
        {
            key.WriteInt32(label);
            key.WriteInt32(value);
        }

        key.WriteInt32(-2);
        key.WriteByteString(point.X!);
        key.WriteInt32(-3);
        key.WriteByteString(point.Y!);
        key.WriteEndMap();
        return [.. new byte[16], (byte)(CredentialId.Length >> 8), (byte)CredentialId.Length, .. CredentialId, .. key.Encode()];
    }
}
