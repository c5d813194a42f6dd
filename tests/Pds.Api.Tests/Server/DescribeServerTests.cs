using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class DescribeServerTests(DescribeServerTests.WithLinks pds) : IClassFixture<DescribeServerTests.WithLinks>
{
    [Fact]
    public async Task Says_what_somebody_needs_to_know_before_signing_up()
    {
        var answer = (await pds.Anyone.GetAsync("com.atproto.server.describeServer")).Ok();

        Assert.Equal("did:web:localhost", answer.GetProperty("did").GetString());
        Assert.Equal([".test", ".people.test"], answer.GetProperty("availableUserDomains").EnumerateArray().Select(domain => domain.GetString()));
        Assert.True(answer.GetProperty("inviteCodeRequired").GetBoolean());
        Assert.Equal(1234, answer.GetProperty("blobUploadLimit").GetInt64());
        Assert.Equal("""{"privacyPolicy":"https://example.com/privacy"}""", answer.GetProperty("links").GetRawText());
        Assert.Equal("""{"email":"operator@example.com"}""", answer.GetProperty("contact").GetRawText());
    }

    [Fact]
    public async Task Looks_at_no_authorization_header()
    {
        var answer = await new XrpcClient(pds.Url) { Authorization = "Bearer garbage" }.GetAsync("com.atproto.server.describeServer");

        answer.Ok();
    }

    public sealed class WithLinks : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Identity:HandleDomains:0"] = ".test",
            ["Pds:Identity:HandleDomains:1"] = ".people.test",
            ["Pds:Invites:Required"] = "true",
            ["Pds:Storage:BlobUploadLimit"] = "1234",
            ["Pds:Service:PrivacyPolicyUrl"] = "https://example.com/privacy",
            ["Pds:Service:ContactEmail"] = "operator@example.com",
        };
    }
}
