using System.Net;

namespace Pds.TestKit;

/// <summary>A browser that runs no scripts: keeps cookies, follows redirects, and sends the forms of pages with the fields that they have.</summary>
public sealed class PageBrowser : IDisposable
{
    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private const int MostRedirects = 5;

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    /// <param name="url">The server.</param>
    /// <param name="userAgent">What it calls itself.</param>
    public PageBrowser(string url, string userAgent = Firefox)
    {
        Url = url;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies, UseCookies = true }) { Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "navigate");
        _http.DefaultRequestHeaders.Add("Sec-Fetch-Dest", "document");
    }

    public string Url { get; }

    /// <summary>The cookie of that purpose; null for none.</summary>
    public string? this[string purpose]
    {
        get => _cookies.GetCookies(new Uri(Url)).FirstOrDefault(cookie => cookie.Name == NameOf(purpose))?.Value;
        set => _cookies.Add(new Uri(Url), new Cookie(NameOf(purpose), value, "/"));
    }

    /// <summary>Opens a page, as a link on another page of the server does.</summary>
    public Task<PageAnswer> OpenAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends a form of a page, its hidden fields included.</summary>
    /// <param name="page">The page.</param>
    /// <param name="form">How its address, or that of its button, ends; the first form where that is empty.</param>
    /// <param name="fields">What is filled in.</param>
    public Task<PageAnswer> SubmitAsync(PageAnswer page, string form, params (string Name, string Value)[] fields)
    {
        var found = page.FindForm(form);
        var all = found.Fields.Where(field => !fields.Any(filled => filled.Name == field.Name)).Concat(fields);
        return PostAsync(found.Action, all);
    }

    /// <summary>Sends fields to an address as a form of this server's does.</summary>
    public Task<PageAnswer> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, string? site = "same-origin", string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return SendAsync(request);
    }

    /// <summary>Any request; redirects within the server are followed.</summary>
    public async Task<PageAnswer> SendAsync(HttpRequestMessage request)
    {
        for (var redirects = 0; ; redirects++)
        {
            request.RequestUri = new Uri(new Uri(Url), request.RequestUri!);
            using var response = await _http.SendAsync(request);
            if (response.Headers.Location is not { } location || redirects == MostRedirects || !IsOwn(location)) return await PageAnswer.ReadAsync(response);
            request = new HttpRequestMessage(HttpMethod.Get, location);
        }
    }

    public void Dispose() => _http.Dispose();

    private string NameOf(string purpose) => $"{purpose}-{new Uri(Url).Port}";

    private bool IsOwn(Uri location) => !location.IsAbsoluteUri || location.AbsoluteUri.StartsWith(Url, StringComparison.Ordinal);
}
