using Pds.Application.Errors;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class ResolveDidTests(NetworkedPds pds) : IClassFixture<NetworkedPds>
{
    private const string Method = "com.atproto.identity.resolveDid";

    [Fact]
    public async Task Answers_the_document_of_anybody()
    {
        var (alice, stranger, web) = (await pds.SignUpAsync(), await Stranger.PublishAsync(pds), pds.Publish("did:web:resolve.example.com", "resolve.example.com"));

        foreach (var did in new[] { alice.Did, stranger.Did, web })
            Assert.Equal(did.Value, (await ResolveAsync(did.Value)).Ok().GetProperty("didDoc").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_document_is_answered_as_it_was_published()
    {
        var did = pds.Publish("did:web:odd.example.com", "odd.example.com");

        Assert.Equal(pds.Network.Documents[did].Json.ToArray(), (await ResolveAsync(did.Value)).Body["""{"didDoc":""".Length..^1]);
    }

    [Fact]
    public async Task Says_whether_an_identity_has_ended_or_never_was()
    {
        var alice = await pds.SignUpAsync();
        await pds.EndIdentityAsync(alice.Did);

        (await ResolveAsync(alice.Did.Value)).Refused(400, "DidDeactivated");
        (await ResolveAsync("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")).Refused(400, "DidNotFound");
        (await ResolveAsync("did:web:nobody.example.com")).Refused(400, "DidNotFound");
        (await ResolveAsync("did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N")).Refused(400, "DidNotFound");
    }

    [Fact]
    public async Task A_directory_that_is_down_says_nothing_of_an_identity()
    {
        pds.LookUpFailure = XrpcException.UpstreamFailure("The PLC directory cannot be reached");
        try
        {
            (await ResolveAsync("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb")).Refused(502, "UpstreamFailure");
        }
        finally
        {
            pds.LookUpFailure = null;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice.test")]
    [InlineData("did:plc")]
    public async Task Refuses_what_is_no_DID(string did) => (await ResolveAsync(did)).Refused(400, "InvalidRequest");

    private Task<XrpcAnswer> ResolveAsync(string did) => pds.Anyone.GetAsync(Method, new { did });
}
