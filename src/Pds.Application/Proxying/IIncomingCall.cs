namespace Pds.Application.Proxying;

/// <summary>The request that is being handled, as far as other services may get to know it.</summary>
public interface IIncomingCall
{
    /// <summary>GET, HEAD or POST.</summary>
    string Verb { get; }

    /// <summary>What was asked for, to the byte: <c>/xrpc/app.bsky.feed.getTimeline?limit=50</c>.</summary>
    string PathAndQuery { get; }

    /// <summary>Header names in lower case, with the values of those that were sent more than once in one.</summary>
    IEnumerable<KeyValuePair<string, string>> Headers { get; }

    /// <summary>What comes with a POST, as it arrives; for whoever reads it first. Null where nothing comes.</summary>
    Stream? Body { get; }

    /// <summary>What a header says, or null where it was not sent.</summary>
    string? Header(string name);
}
