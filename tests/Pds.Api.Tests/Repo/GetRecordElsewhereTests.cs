using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.Repo;

/// <summary>Records of repos that are not here: the AppView's copies.</summary>
public sealed class GetRecordElsewhereTests(ProxyingPds pds) : IClassFixture<ProxyingPds>
{
    private const string Query = "repo=did:plc:aaaaaaaaaaaaaaaaaaaaaaaa&collection=com.example.thing&rkey=r%3A1";

    [Fact]
    public async Task Anybody_gets_the_AppViews_answer_and_nobodys_credentials_go_there()
    {
        pds.AppView.Record = JsonNode.Parse("""{"uri":"at://x","value":{"n":1}}""");
        var alice = await pds.SignUpAsync();

        foreach (var caller in new[] { pds.Anyone, alice }) (await GetAsync(caller)).IsFile("""{"uri":"at://x","value":{"n":1}}""");

        var call = pds.AppView.Calls[^1];
        Assert.Equal($"/xrpc/com.atproto.repo.getRecord?{Query}", (string?)call["target"]);
        Assert.Equal(["accept-encoding", "host"], call["headers"]!.AsObject().Select(header => header.Key));
    }

    [Fact]
    public async Task Nobody_chooses_whom_this_server_asks()
    {
        (await GetAsync(pds.Anyone, $"{pds.Other.Did}#fake")).Ok();

        Assert.Empty(pds.Other.Calls);
    }

    [Fact]
    public async Task A_record_that_is_missing_from_a_repo_here_is_missing()
    {
        var alice = await pds.SignUpAsync();

        (await alice.GetRecordAsync("com.example.thing", "missing")).Refused(400, "RecordNotFound");
    }

    private static Task<XrpcAnswer> GetAsync(XrpcClient caller, string? service = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/xrpc/com.atproto.repo.getRecord?{Query}");
        if (service is not null) request.Headers.Add("atproto-proxy", service);
        return caller.SendAsync(request);
    }
}
