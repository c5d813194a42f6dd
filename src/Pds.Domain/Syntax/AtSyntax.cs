namespace Pds.Domain.Syntax;

/// <summary>Parses any <see cref="ISyntax{TSelf}"/> when the text must be right.</summary>
public static class AtSyntax
{
    /// <exception cref="FormatException">The text is not a valid <typeparamref name="T"/>; the message is fit for the client.</exception>
    public static T Parse<T>(string text) where T : ISyntax<T> =>
        T.TryParse(text, out var value) ? value : throw new FormatException($"Invalid {NameOf<T>()} (got \"{text}\")");

    /// <summary>What messages to clients call the format: "DID", "record key", "TID string".</summary>
    public static string NameOf<T>() where T : ISyntax<T> => typeof(T).Name switch
    {
        nameof(Did) => "DID",
        nameof(Handle) => "handle",
        nameof(AtIdentifier) => "AT identifier",
        nameof(AtUri) => "at-uri",
        nameof(Nsid) => "NSID",
        nameof(RecordKey) => "record key",
        nameof(Tid) => "TID string",
        "Cid" or nameof(GenericCid) => "CID string",
        nameof(AtDatetime) => "datetime",
        nameof(LanguageTag) => "language",
        nameof(GenericUri) => "uri",
        "DidKey" => "did:key",
        var other => other,
    };
}
