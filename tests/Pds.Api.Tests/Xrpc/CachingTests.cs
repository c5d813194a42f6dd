using System.IO.Compression;
using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class CachingTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task An_answer_to_one_caller_is_private_and_varies_by_who_asks()
    {
        var alice = await pds.SignUpAsync();

        var answers = new[]
        {
            await alice.GetAsync("com.atproto.server.getSession"),
            await pds.Anyone.GetAsync("com.atproto.server.getSession"),
            await new XrpcClient(pds.Url) { Authorization = "Bearer garbage" }.GetAsync("com.atproto.server.getSession"),
            await alice.Refreshing.PostAsync("com.atproto.server.refreshSession"),
            await alice.CreateRecordAsync(Records.Post()),
            await pds.Anyone.GetAsync("com.atproto.sync.getLatestCommit", new { did = alice.Did.Value }),
        };

        Assert.All(answers, answer => Assert.Equal("private", answer.Headers["Cache-Control"]));
        Assert.All(answers, answer => Assert.Contains("Authorization", answer.Headers["Vary"].Split(", ")));
    }

    [Fact]
    public async Task An_answer_to_everybody_is_not()
    {
        var answers = new[]
        {
            await pds.Anyone.GetAsync("com.atproto.server.describeServer"),
            await pds.Anyone.GetAsync("com.atproto.sync.listRepos"),
            await pds.Anyone.GetAsync("_health"),
        };

        Assert.All(answers, answer => Assert.DoesNotContain("Cache-Control", answer.Headers.Keys));
        Assert.All(answers, answer => Assert.DoesNotContain("Authorization", answer.Headers.GetValueOrDefault("Vary", ""), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_are_compressed_for_those_who_take_it()
    {
        var plain = await pds.Anyone.GetAsync("com.atproto.server.describeServer");
        var request = new HttpRequestMessage(HttpMethod.Get, "/xrpc/com.atproto.server.describeServer");
        request.Headers.Add("Accept-Encoding", "gzip");

        var answer = await pds.Anyone.SendAsync(request);

        Assert.Equal("gzip", answer.Headers["Content-Encoding"]);
        Assert.Contains("Accept-Encoding", answer.Headers["Vary"], StringComparison.Ordinal);
        using var decompressed = new GZipStream(new MemoryStream(answer.Body), CompressionMode.Decompress);
        Assert.Equal(plain.Text, await new StreamReader(decompressed).ReadToEndAsync());
    }

    [Fact]
    public async Task Nothing_tells_what_the_server_is_made_of()
    {
        var answer = await pds.Anyone.GetAsync("com.atproto.server.describeServer");

        Assert.DoesNotContain("Server", answer.Headers.Keys);
        Assert.DoesNotContain("X-Powered-By", answer.Headers.Keys);
    }
}
