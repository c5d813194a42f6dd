namespace Pds.Domain.OAuth;

/// <summary>The answer to an authorization request: a code or an error, and where the browser takes it (RFC 6749 §4.1.2, RFC 9207).</summary>
/// <param name="RedirectUri">The client's, checked against its metadata when the request was made.</param>
/// <param name="Mode">How it travels.</param>
/// <param name="Parameters">In order: <c>iss</c>, <c>state</c> where the client sent one, then <c>code</c>, or <c>error</c> and <c>error_description</c>.</param>
public sealed record AuthorizationResponse(RedirectUri RedirectUri, ResponseMode Mode, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Where to redirect the browser, by status 303; null for <see cref="ResponseMode.FormPost"/>, where a page posts <see cref="Parameters"/> to <see cref="RedirectUri"/>.</summary>
    public string? Location => Mode switch
    {
        ResponseMode.Query => RedirectUri.WithQuery(Parameters),
        ResponseMode.Fragment => RedirectUri.WithFragment(Parameters),
        _ => null,
    };

    /// <summary>A parameter's value; null where there is none.</summary>
    public string? this[string name] => Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;
}
