using System.Net;
using System.Text;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Tests.Identity;

public sealed class WellKnownHandleResolverTests
{
    [Theory]
    [InlineData("did:web:a.example.com"), InlineData("did:web:a.example.com\n"), InlineData("  did:web:a.example.com \r\nand more")]
    public void Reads_the_first_line(string body) => Assert.Equal("did:web:a.example.com", Read(HttpStatusCode.OK, body)!.Value);

    [Theory]
    [InlineData(""), InlineData("\ndid:web:a.example.com"), InlineData("did=did:web:a.example.com"), InlineData("<html>"), InlineData("did:web:a.example.com did:web:b.example.com")]
    public void Finds_nothing_in_other_texts(string body) => Assert.Null(Read(HttpStatusCode.OK, body));

    [Fact]
    public void Does_not_believe_an_error_page() => Assert.Null(Read(HttpStatusCode.NotFound, "did:web:a.example.com"));

    [Fact]
    public async Task Finds_nothing_where_the_host_may_not_be_asked()
    {
        var options = new OutboundOptions { AllowPrivateAddresses = false, MaxResponseSize = 1024 };
        using var http = new SafeHttpClient(options, new GuardedConnection(options, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])), TimeProvider.System);

        Assert.Null(await new WellKnownHandleResolver(http, new IdentityLookupOptions()).ResolveAsync(Handle.Parse("home.example.com"), CancellationToken.None));
    }

    private static Did? Read(HttpStatusCode status, string body) =>
        WellKnownHandleResolver.DidIn(new OutboundResponse(status, "text/plain", Encoding.UTF8.GetBytes(body)));
}
