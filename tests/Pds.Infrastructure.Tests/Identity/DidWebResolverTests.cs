using Microsoft.AspNetCore.Http;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Outbound;
using Pds.Infrastructure.Tests.Outbound;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Identity;

public sealed class DidWebResolverTests : IDisposable
{
    private readonly SafeHttpClient _http = Client();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("did:web:example.com", "https://example.com/.well-known/did.json")]
    [InlineData("did:web:Example.COM", "https://example.com/.well-known/did.json")]
    [InlineData("did:web:example.com%3A8443", "https://example.com:8443/.well-known/did.json")]
    [InlineData("did:web:example.com%3a8443", "https://example.com:8443/.well-known/did.json")]
    [InlineData("did:web:localhost%3A2583", "http://localhost:2583/.well-known/did.json")]
    public void Knows_where_a_document_is(string did, string url)
    {
        Assert.True(DidWebResolver.TryFormUrl(Did.Parse(did), out var found));
        Assert.Equal(url, found.AbsoluteUri);
    }

    [Theory]
    [InlineData("did:web:example.com:users:alice"), InlineData("did:web:example.com%2Fusers"), InlineData("did:web:user%40example.com")]
    [InlineData("did:web:example.com%3A99999"), InlineData("did:web:example.com%3Ax"), InlineData("did:web:example.com%3A1%3A2"), InlineData("did:web:example.com%3A-1")]
    [InlineData("did:web:127.0.0.1"), InlineData("did:web:%5B%3A%3A1%5D"), InlineData("did:web:host"), InlineData("did:web:example.com%00"), InlineData("did:plc:example.com")]
    public void Knows_of_no_document_of_other_dids(string did) => Assert.False(DidWebResolver.TryFormUrl(Did.Parse(did), out _));

    [Fact]
    public async Task Reads_the_document_of_the_did()
    {
        await using var web = await LocalServer.StartAsync(http => http.Response.WriteAsync(
            $$"""{"id":"did:web:localhost%3A{{http.Request.Host.Port}}","alsoKnownAs":["at://alice.test"]}"""));

        var document = await ResolveAsync(web);

        Assert.Equal("alice.test", document!.Handle!.Value);
    }

    [Theory]
    [InlineData("""{"id":"did:web:example.com"}""", 200), InlineData("<html>", 200), InlineData("", 200), InlineData("{}", 404)]
    public async Task Finds_none_where_the_host_has_none_of_that_did(string body, int status)
    {
        await using var web = await LocalServer.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync(body);
        });

        Assert.Null(await ResolveAsync(web));
    }

    [Fact]
    public async Task Says_where_a_host_is_in_trouble()
    {
        await using var web = await LocalServer.StartAsync(http =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<OutboundException>(() => ResolveAsync(web));
    }

    [Fact]
    public async Task Does_not_follow_redirects()
    {
        await using var web = await LocalServer.StartAsync(http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        await Assert.ThrowsAsync<OutboundException>(() => ResolveAsync(web));
    }

    private static SafeHttpClient Client()
    {
        var options = new OutboundOptions { AllowPrivateAddresses = true, MaxResponseSize = 1024 * 1024 };
        return new SafeHttpClient(options, new GuardedConnection(options), TimeProvider.System);
    }

    private Task<Domain.Identity.DidDocument?> ResolveAsync(LocalServer web) =>
        new DidWebResolver(_http, new IdentityLookupOptions()).ResolveAsync(Did.Web($"localhost:{new Uri(web.Url).Port}"), CancellationToken.None);
}
