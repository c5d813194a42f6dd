using Microsoft.AspNetCore.Http;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Plc;
using Pds.Infrastructure.Tests.Outbound;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Plc;

/// <summary>A directory that is down, or not what it should be.</summary>
public sealed class HttpPlcDirectoryTroubleTests
{
    private static readonly PlcGenesis Genesis = NewIdentity();
    private static readonly IdentityCache Cache = new(new IdentityCacheOptions(), TimeProvider.System);

    [Theory]
    [InlineData(200, "<html>"), InlineData(200, ""), InlineData(200, """{"id":"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"}"""), InlineData(500, "{}"), InlineData(429, "{}"), InlineData(301, "")]
    public async Task Is_told_from_an_identity_that_does_not_exist(int status, string body)
    {
        await using var web = await AnsweringAsync(status, body);
        using var directory = Client(new Uri(web.Url));

        await FailsAsync(() => directory.FindDocumentAsync(Genesis.Did, CancellationToken.None));
        await FailsAsync(() => directory.FindLogAsync(Genesis.Did, CancellationToken.None));
    }

    [Theory]
    [InlineData("[{}]"), InlineData("[1]"), InlineData("""[{"did":"x","operation":{},"cid":"x","nullified":false,"createdAt":"2024-01-01T00:00:00.000Z"}]""")]
    public async Task Has_no_log_of_nonsense(string body)
    {
        await using var web = await AnsweringAsync(200, body);
        using var directory = Client(new Uri(web.Url));

        await FailsAsync(() => directory.FindLogAsync(Genesis.Did, CancellationToken.None));
    }

    [Theory]
    [InlineData(404), InlineData(410)]
    public async Task Knows_none_of_an_identity_that_ended(int status)
    {
        await using var web = await AnsweringAsync(status, """{"message":"DID not available"}""");
        using var directory = Client(new Uri(web.Url));

        Assert.Null(await directory.FindDocumentAsync(Genesis.Did, CancellationToken.None));
    }

    [Fact]
    public async Task Fails_where_nobody_answers()
    {
        using var directory = Client(new Uri("http://localhost:1"));

        await FailsAsync(() => directory.FindDocumentAsync(Genesis.Did, CancellationToken.None));
        await FailsAsync(() => directory.SubmitAsync(Genesis.Did, Genesis.Operation, CancellationToken.None));
    }

    [Fact]
    public async Task Fails_where_the_answer_takes_too_long()
    {
        await using var web = await LocalServer.StartAsync(http => Task.Delay(TimeSpan.FromMinutes(1), http.RequestAborted));
        using var directory = new HttpPlcDirectory(new Uri(web.Url), new IdentityLookupOptions { Timeout = TimeSpan.FromMilliseconds(50) }, Cache);

        await FailsAsync(() => directory.FindDocumentAsync(Genesis.Did, CancellationToken.None));
    }

    [Theory]
    [InlineData(400, """{"message":"Not today"}""", "Not today"), InlineData(409, "<html>", "The PLC directory refused the operation with status 409")]
    public async Task Passes_on_why_an_operation_is_refused(int status, string body, string message)
    {
        await using var web = await AnsweringAsync(status, body);
        using var directory = Client(new Uri(web.Url));

        var refusal = await Assert.ThrowsAsync<PlcException>(() => directory.SubmitAsync(Genesis.Did, Genesis.Operation, CancellationToken.None));

        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public async Task Fails_an_operation_where_the_directory_does()
    {
        await using var web = await AnsweringAsync(503, """{"message":"secret"}""");
        using var directory = Client(new Uri(web.Url));

        await FailsAsync(() => directory.SubmitAsync(Genesis.Did, Genesis.Operation, CancellationToken.None));
    }

    [Fact]
    public async Task Has_published_nothing_where_a_page_is_the_answer()
    {
        await using var web = await LocalServer.StartAsync(http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            return http.Response.WriteAsync("<html>");
        });
        using var directory = Client(new Uri(web.Url));

        await FailsAsync(() => directory.SubmitAsync(Genesis.Did, Genesis.Operation, CancellationToken.None));
    }

    [Fact]
    public async Task Makes_the_cache_forget_what_was_before()
    {
        await using var web = await AnsweringAsync(200, "OK");
        using var directory = Client(new Uri(web.Url));
        await Cache.Documents.LookUpAsync(Genesis.Did, () => Task.FromResult<Domain.Identity.DidDocument?>(null), CancellationToken.None);

        await directory.SubmitAsync(Genesis.Did, Genesis.Operation, CancellationToken.None);

        Assert.False(Cache.Documents.TryGet(Genesis.Did, out _, out _));
    }

    private static PlcGenesis NewIdentity()
    {
        var keys = new KeyFactory();
        var key = keys.Import(keys.Generate(Curve.K256));
        return PlcGenesis.Create(PlcState.Of([key.PublicKey], key.PublicKey, Handle.Parse("alice.test"), new Uri("https://pds.example.com")), key);
    }

    private static HttpPlcDirectory Client(Uri url) => new(url, new IdentityLookupOptions(), Cache);

    private static Task<LocalServer> AnsweringAsync(int status, string body) => LocalServer.StartAsync(http =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(body);
    });

    private static async Task FailsAsync(Func<Task> ask)
    {
        var failure = await Assert.ThrowsAsync<XrpcException>(ask);
        Assert.Equal(XrpcErrorKind.UpstreamFailure, failure.Kind);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }
}
