using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Pds.Api.Tests.Xrpc;
using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

/// <summary>Every form of every page, with fields that no browser would send. A failure names its seed, form and round.</summary>
public sealed class BadFormsTests(OAuthPds pds) : IClassFixture<OAuthPds>
{
    private const int Rounds = 6;
    private const int Seed = 20261124;

    private static readonly string[] PublicPages = ["/sign-in", "/sign-up", "/forgotten-password", "/reset-password", "/oauth/authorize?"];
    private static readonly string[] AccountPages = ["", "devices", "apps", "app-passwords", "handle", "email", "password", "factors", "recovery-key", "export", "leave"];

    private readonly ConcurrentDictionary<string, int> _answered = [];

    [Fact]
    public async Task Is_answered_by_a_page_and_does_nothing_to_anybody_else()
    {
        var bob = await pds.SignUpAsync("bob");
        using var other = await pds.SignInToPagesAsync(bob);

        await Parallel.ForEachAsync(PublicPages.Concat(AccountPages.Select(page => $"account:{page}")).Append("consent"), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (page, _) => await AttackAsync(page));

        Assert.True(_answered.Count > 20, string.Join(' ', _answered.Keys));
        (await other.OpenAsync(bob.PageOf())).Ok();
        (await pds.Anyone.PostAsync("com.atproto.server.createSession", new { identifier = bob.Handle, password = bob.Password })).Ok();
    }

    private async Task AttackAsync(string name)
    {
        var alice = await pds.SignUpAsync();
        var seed = name.Aggregate(Seed, (seed, letter) => unchecked((seed * 31) + letter));
        var input = new BadInput(seed, alice.Did.Value, alice.Handle, "bafyreib");
        using var browser = name.Contains(':', StringComparison.Ordinal) || name == "consent" ? await pds.SignInToPagesAsync(alice) : pds.NewBrowser();
        for (var round = 0; round < Rounds; round++)
        {
            var page = await browser.OpenAsync(await AddressAsync(name, alice));
            foreach (var (action, fields) in page.Forms)
            {
                var what = $"seed {seed}, round {round}: {action}";
                var answer = await browser.SendAsync(Request(input, action, fields));

                Assert.True((int)answer.Status < 500, $"{what}: {(int)answer.Status} {answer.Html}");
                Assert.DoesNotContain("javascript:alert", answer.Headers.GetValueOrDefault("Location", ""), StringComparison.Ordinal);
                Assert.DoesNotContain("<script>", answer.Html, StringComparison.OrdinalIgnoreCase);
                _answered.AddOrUpdate(action.Split("did:")[0] + action.Split('/', '?')[^1], 1, (_, count) => count + 1);
            }
        }
    }

    /// <summary>The page anew each time: a form may have ended what it was about.</summary>
    private async Task<string> AddressAsync(string name, Actor alice)
    {
        if (name == "consent") return await PushedAsync(alice);
        return name.StartsWith("account:", StringComparison.Ordinal) ? alice.PageOf(name[8..]) : name;
    }

    private async Task<string> PushedAsync(Actor alice)
    {
        var app = pds.NewClient();
        return $"/oauth/authorize?client_id={Uri.EscapeDataString(app.Id)}&request_uri={Uri.EscapeDataString(await app.PushAsync("atproto transition:generic"))}&account={alice.Did}";
    }

    private static HttpRequestMessage Request(BadInput input, string action, IReadOnlyList<(string Name, string Value)> fields)
    {
        var bad = fields.Select(field => (field.Name, Value: field.Name != "csrf" && input.Choose(3) > 0 ? input.Instead(field.Value) : field.Value)).ToList();
        if (fields.Count > 0 && input.Choose(4) == 0) bad.Add(fields[input.Choose(fields.Count)]);
        var request = new HttpRequestMessage(HttpMethod.Post, input.Choose(4) == 0 ? action + input.Query().Replace('?', action.Contains('?', StringComparison.Ordinal) ? '&' : '?') : action)
        {
            Content = input.Choose(6) switch
            {
                0 => Multipart(bad),
                1 => new ByteArrayContent(input.Body()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } },
                2 => new ByteArrayContent(Encoding.ASCII.GetBytes($"csrf={Uri.EscapeDataString(bad.Find(field => field.Name == "csrf").Value ?? "")}&a=%zz&%00=%ff&&=&b")) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") } },
                _ => new FormUrlEncodedContent(bad.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            },
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return request;
    }

    private static MultipartFormDataContent Multipart(List<(string Name, string Value)> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), $"\"{name}\"");
        content.Add(new ByteArrayContent(new byte[1000]), "file", "file.bin");
        return content;
    }
}
