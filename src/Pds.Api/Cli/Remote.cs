using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Pds.Api.Xrpc;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Api.Cli;

/// <summary>The running server, spoken to as its administrator: verbs send what anybody with the password could send.</summary>
internal sealed class Remote : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _administrator;

    public Remote(Uri url, Secret adminPassword)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{adminPassword.Reveal()}"));
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = url, Timeout = Patience };
        _administrator = new AuthenticationHeaderValue("Basic", credentials);
    }

    /// <summary>Asks; parameters that are null are left out.</summary>
    /// <exception cref="CliException">Refused, or unreachable.</exception>
    public Task<JsonElement> QueryAsync(string method, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        var query = string.Join('&', parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString($"{parameter.Value}")}"));
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{method}?{query}");
        request.Headers.Authorization = _administrator;
        return SendAsync(request, ct);
    }

    /// <summary>Changes something.</summary>
    /// <param name="anonymously">For methods that refuse an Authorization header which they do not understand.</param>
    /// <inheritdoc cref="QueryAsync"/>
    public Task<JsonElement> ProcedureAsync(string method, object input, CancellationToken ct, bool anonymously = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/xrpc/{method}") { Content = JsonContent.Create(input, options: XrpcJson.Options) };
        if (!anonymously) request.Headers.Authorization = _administrator;
        return SendAsync(request, ct);
    }

    /// <summary>All pages of a list, item by item.</summary>
    /// <inheritdoc cref="QueryAsync"/>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        string method, string list, [EnumeratorCancellation] CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        string? cursor = null;
        do
        {
            var page = await QueryAsync(method, ct, [.. parameters, ("cursor", cursor)]);
            foreach (var item in page.GetProperty(list).EnumerateArray()) yield return item;
            var next = page.TryGetProperty("cursor", out var given) ? given.GetString() : null;
            cursor = next == cursor ? null : next; // a server that repeats itself must not keep us here
        }
        while (cursor is not null);
    }

    /// <summary>The account of the server that somebody names by DID or by handle, in whatever state it is.</summary>
    /// <inheritdoc cref="QueryAsync"/>
    public async Task<Did> FindDidAsync(AtIdentifier account, CancellationToken ct) =>
        account.Did ?? Did.Parse((await QueryAsync("local.pds.admin.findAccount", ct, ("account", account))).GetProperty("did").GetString()!);

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            using var response = await _http.SendAsync(request, ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            if (response.IsSuccessStatusCode) return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
            throw Refusal((int)response.StatusCode, text);
        }
        catch (HttpRequestException failure)
        {
            throw new CliException(ExitCode.Unreachable, $"Cannot reach a server at {_http.BaseAddress}: {failure.Message}", failure);
        }
        catch (TaskCanceledException failure) when (!ct.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Unreachable, $"The server at {_http.BaseAddress} did not answer within {Patience.TotalSeconds:0} seconds", failure);
        }
        catch (JsonException failure)
        {
            throw new CliException(ExitCode.Unreachable, $"What answers at {_http.BaseAddress} is not a Personal Data Server", failure);
        }
    }

    private CliException Refusal(int status, string text)
    {
        var answer = JsonSerializer.Deserialize<JsonElement>(text);
        if (Field("error") is not { } error) throw new JsonException("Not the shape of an XRPC error");
        return new CliException(ExitCode.Refused, status == 401
            ? $"The server at {_http.BaseAddress} does not take the administrator's password: {error}. It is read from PDS_ADMIN_PASSWORD."
            : $"{error}: {Field("message") ?? $"status {status}"}");

        string? Field(string name) => answer.ValueKind is JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }
}
