using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>Writes a DID document as the public PLC directory does.</summary>
internal static class DidDocumentWriter
{
    private const string DidContext = "https://www.w3.org/ns/did/v1";
    private const string MultikeyContext = "https://w3id.org/security/multikey/v1";
    private const string K256Context = "https://w3id.org/security/suites/secp256k1-2019/v1";
    private const string P256Context = "https://w3id.org/security/suites/ecdsa-2019/v1";

    public static byte[] Write(Did id, IReadOnlyList<string> alsoKnownAs, IReadOnlyList<VerificationMethod> methods, IReadOnlyList<DidService> services)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteTexts(json, "@context", Contexts(methods));
            json.WriteString("id", id.Value);
            WriteTexts(json, "alsoKnownAs", alsoKnownAs);
            WriteMethods(json, methods);
            WriteServices(json, services);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static IEnumerable<string> Contexts(IEnumerable<VerificationMethod> methods)
    {
        var suites = methods.Select(method => method.Key?.Curve switch { Curve.K256 => K256Context, Curve.P256 => P256Context, _ => null });
        return [DidContext, MultikeyContext, .. suites.OfType<string>().Distinct()];
    }

    private static void WriteMethods(Utf8JsonWriter json, IReadOnlyList<VerificationMethod> methods)
    {
        json.WriteStartArray("verificationMethod");
        foreach (var method in methods)
        {
            json.WriteStartObject();
            json.WriteString("id", method.Id);
            json.WriteString("type", method.Type);
            json.WriteString("controller", method.Controller);
            json.WriteString("publicKeyMultibase", method.PublicKeyMultibase);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteServices(Utf8JsonWriter json, IReadOnlyList<DidService> services)
    {
        json.WriteStartArray("service");
        foreach (var service in services)
        {
            json.WriteStartObject();
            json.WriteString("id", service.Id);
            json.WriteString("type", service.Type);
            json.WriteString("serviceEndpoint", service.Endpoint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
