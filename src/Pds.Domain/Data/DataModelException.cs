namespace Pds.Domain.Data;

/// <summary>Data that the atproto data model does not allow, or an encoding of it that is not the canonical one.</summary>
/// <remarks>The message is fit for the client: it names what was found, never what the server looks like inside.</remarks>
public sealed class DataModelException : FormatException
{
    public DataModelException(string message) : base(message)
    {
    }

    public DataModelException(string message, Exception cause) : base(message, cause)
    {
    }
}
