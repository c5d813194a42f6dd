namespace Pds.Infrastructure.Outbound;

/// <summary>An address that may not be asked, or could not be, or answered too much or too late.</summary>
internal sealed class OutboundException : Exception
{
    public OutboundException(string message) : base(message)
    {
    }

    public OutboundException(string message, Exception cause) : base(message, cause)
    {
    }
}
