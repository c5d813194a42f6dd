using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pds.TestKit;

/// <summary>Calls methods as one caller, over real HTTP. Answers are looked at, never thrown.</summary>
public class XrpcClient(string url)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(60) };

    public string Url => url;

    /// <summary>The whole Authorization header; null for none.</summary>
    public string? Authorization { get; init; }

    /// <summary>What a reverse proxy says about whom it asks for; null where it says nothing.</summary>
    public string? ForwardedFor { get; init; }

    /// <summary>A query, its parameters as the properties of an anonymous object; a list is repeated, null is left out.</summary>
    public Task<XrpcAnswer> GetAsync(string nsid, object? parameters = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{nsid}{Query(parameters)}"));

    /// <summary>A procedure with a JSON body; null for none.</summary>
    public Task<XrpcAnswer> PostAsync(string nsid, object? body = null) =>
        PostAsync(nsid, body is null ? null : JsonSerializer.Serialize(body), "application/json");

    /// <summary>A procedure with any body.</summary>
    public Task<XrpcAnswer> PostAsync(string nsid, string? body, string? contentType) =>
        PostAsync(nsid, body is null ? null : Encoding.UTF8.GetBytes(body), contentType);

    public Task<XrpcAnswer> PostAsync(string nsid, byte[]? body, string? contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{nsid}");
        if (body is not null) request.Content = new ByteArrayContent(body);
        if (body is not null && contentType is not null) request.Content!.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return SendAsync(request);
    }

    /// <summary>Any request; its address is relative to the server.</summary>
    public virtual async Task<XrpcAnswer> SendAsync(HttpRequestMessage request)
    {
        request.RequestUri = new Uri($"{url}{request.RequestUri}");
        if (Authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        if (ForwardedFor is not null) request.Headers.TryAddWithoutValidation("X-Forwarded-For", ForwardedFor);
        using var response = await Http.SendAsync(request);
        return new XrpcAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), AllHeaders(response));
    }

    private static Dictionary<string, string> AllHeaders(HttpResponseMessage response) =>
        response.Headers.Concat<KeyValuePair<string, IEnumerable<string>>>(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    private static string Query(object? parameters)
    {
        var pairs = parameters?.GetType().GetProperties().SelectMany(property => property.GetValue(parameters) switch
        {
            null => [],
            string text => new[] { (property.Name, text) },
            bool flag => [(property.Name, flag ? "true" : "false")],
            System.Collections.IEnumerable list => list.Cast<object>().Select(item => (property.Name, item.ToString()!)),
            var value => [(property.Name, value.ToString()!)],
        }) ?? [];
        var query = string.Join('&', pairs.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        return query.Length > 0 ? $"?{query}" : "";
    }
}
