using Pds.Application.Proxying;

namespace Pds.Api.Xrpc;

/// <summary>The request that is being handled, for those who pass it on.</summary>
internal sealed class HttpIncomingCall(IHttpContextAccessor current) : IIncomingCall
{
    private readonly HttpRequest _request = current.HttpContext!.Request;

    public string Verb => _request.Method;

    // A path that is a method's name has nothing in it that could be written in two ways; a query has.
    public string PathAndQuery => _request.Path.Value + _request.QueryString.Value;

    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            foreach (var (name, values) in _request.Headers) yield return new(name.ToLowerInvariant(), string.Join(", ", values.AsEnumerable()));
        }
    }

    public Stream? Body => _request.ContentLength > 0 || _request.Headers.TransferEncoding.Count > 0 ? _request.Body : null;

    public string? Header(string name) => _request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
