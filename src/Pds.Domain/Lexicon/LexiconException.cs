namespace Pds.Domain.Lexicon;

/// <summary>A lexicon document that the language does not allow, or a set of documents with a reference that leads nowhere.</summary>
/// <remarks>The message says which document and where in it, such as <c>com.example.thing: defs.main.record.properties.name: …</c>.</remarks>
public sealed class LexiconException : FormatException
{
    public LexiconException(string message) : base(message)
    {
    }

    public LexiconException(string message, Exception cause) : base(message, cause)
    {
    }
}
