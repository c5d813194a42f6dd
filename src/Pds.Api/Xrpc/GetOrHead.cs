namespace Pds.Api.Xrpc;

/// <summary>The verbs of a page: routing takes HEAD for another verb than GET, and uptime monitors ask by HEAD.</summary>
internal static class GetOrHead
{
    public static readonly string[] Verbs = [HttpMethods.Get, HttpMethods.Head];

    public static bool Is(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
