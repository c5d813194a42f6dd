namespace Pds.Application.Options;

/// <summary>What a call that is passed on to another service may cost.</summary>
public sealed record ProxyOptions
{
    /// <summary>From the last byte of the request, or from the look-up of the name where it has none, to the answer's headers.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause within an answer.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest answer that is passed on, in bytes as they arrive.</summary>
    public long MaxResponseSize { get; init; } = 10L * 1024 * 1024;

    /// <summary>How often a call that only reads is tried again where the service could not be reached.</summary>
    public int MaxRetries { get; init; }

    /// <summary>Whether answers that this server may have to read are asked for compressed first, or plain first.</summary>
    public bool PreferCompressed { get; init; }

    /// <summary>Whether HTTP/2 is spoken with services that have it.</summary>
    public bool AllowHttp2 { get; init; }
}
