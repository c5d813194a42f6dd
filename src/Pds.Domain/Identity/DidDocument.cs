using System.Text.Json;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;

namespace Pds.Domain.Identity;

/// <summary>What a DID resolves to (https://atproto.com/specs/did#did-documents).</summary>
/// <remarks>Strangers write these. The JSON is kept as it came, so that what nobody here understands is passed on, too.</remarks>
public sealed class DidDocument
{
    /// <summary>The longest JSON that is read. Every list in it is bounded by this.</summary>
    public const int MaxBytes = 64 * 1024;

    public const int MaxDepth = 32;

    private const string AliasPrefix = "at://";

    internal DidDocument(
        Did id,
        IReadOnlyList<string> alsoKnownAs,
        IReadOnlyList<VerificationMethod> verificationMethods,
        IReadOnlyList<DidService> services,
        ReadOnlyMemory<byte> json) =>
        (Id, AlsoKnownAs, VerificationMethods, Services, Json) = (id, alsoKnownAs, verificationMethods, services, json);

    public Did Id { get; }

    /// <summary>Aliases by preference. Claims only: a handle counts once it resolves back to the DID.</summary>
    public IReadOnlyList<string> AlsoKnownAs { get; }

    public IReadOnlyList<VerificationMethod> VerificationMethods { get; }

    public IReadOnlyList<DidService> Services { get; }

    /// <summary>The whole document: UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The first alias that is <c>at://</c> and a valid handle. Unconfirmed.</summary>
    public Handle? Handle
    {
        get
        {
            foreach (var alias in AlsoKnownAs)
                if (alias.StartsWith(AliasPrefix, StringComparison.Ordinal) && Syntax.Handle.TryParse(alias[AliasPrefix.Length..], out var handle)) return handle;
            return null;
        }
    }

    /// <summary>The key that signs the account's repository.</summary>
    public DidKey? SigningKey => KeyOf("atproto");

    /// <summary>The account's PDS.</summary>
    public Uri? PdsEndpoint => Service("atproto_pds", "AtprotoPersonalDataServer");

    /// <summary>The first service with that id, and type if one is given, that has a usable endpoint.</summary>
    /// <param name="id">The fragment without its <c>#</c>.</param>
    /// <param name="type">Null for any.</param>
    public Uri? Service(string id, string? type = null)
    {
        foreach (var service in Services)
            if (IsFragment(service.Id, id) && (type is null || service.Type == type) && service.Url is { } url) return url;
        return null;
    }

    /// <summary>The first valid key with that id that the identity itself controls.</summary>
    /// <param name="id">The fragment without its <c>#</c>.</param>
    public DidKey? KeyOf(string id)
    {
        foreach (var method in VerificationMethods)
            if (IsFragment(method.Id, id) && method.Controller == Id.Value && method.Key is { } key) return key;
        return null;
    }

    /// <exception cref="FormatException">Not JSON, too large, or not a DID document.</exception>
    public static DidDocument Parse(ReadOnlyMemory<byte> utf8) => DidDocumentReader.Read(utf8);

    public static DidDocument Build(
        Did id, IReadOnlyList<string> alsoKnownAs, IReadOnlyList<VerificationMethod> verificationMethods, IReadOnlyList<DidService> services) =>
        new(id, alsoKnownAs, verificationMethods, services, DidDocumentWriter.Write(id, alsoKnownAs, verificationMethods, services));

    public void WriteJson(Utf8JsonWriter json) => json.WriteRawValue(Json.Span);

    private bool IsFragment(string text, string fragment)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash >= 0
            && text.AsSpan(hash + 1).SequenceEqual(fragment)
            && (hash == 0 || text.AsSpan(0, hash).SequenceEqual(Id.Value));
    }
}
