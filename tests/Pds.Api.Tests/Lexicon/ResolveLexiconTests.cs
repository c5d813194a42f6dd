using Pds.Domain.Data;
using Pds.TestKit;

namespace Pds.Api.Tests.Lexicon;

/// <summary><c>com.atproto.lexicon.resolveLexicon</c>, on a server whose operator says that one of its users publishes all lexicons.</summary>
public sealed class ResolveLexiconTests(ResolveLexiconTests.AuthorityPds pds) : IClassFixture<ResolveLexiconTests.AuthorityPds>
{
    private const string Method = "com.atproto.lexicon.resolveLexicon";

    [Fact]
    public async Task Answers_the_record_that_the_authority_has_published()
    {
        var document = new
        {
            lexicon = 1,
            id = "com.example.thing",
            defs = new { main = new { type = "record", key = "tid", record = new { type = "object", properties = new { count = new { type = "integer" } } } } },
        };
        var published = (await pds.Authority.PutRecordAsync(document, "com.atproto.lexicon.schema", "com.example.thing")).Ok();

        var answer = (await pds.Anyone.GetAsync(Method, new { nsid = "com.example.thing" })).Ok();

        Assert.Equal(
            ($"at://{pds.Authority.Did}/com.atproto.lexicon.schema/com.example.thing", published.GetProperty("cid").GetString()),
            (answer.GetProperty("uri").GetString(), answer.GetProperty("cid").GetString()));
        Assert.Equal("com.atproto.lexicon.schema", answer.GetProperty("schema").GetProperty(LexObject.TypeKey).GetString());
        Assert.Equal("integer", answer.GetProperty("schema").GetProperty("defs").GetProperty("main").GetProperty("record").GetProperty("properties").GetProperty("count").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Has_a_name_for_a_lexicon_that_is_nowhere()
    {
        var refusal = await pds.Anyone.GetAsync(Method, new { nsid = "com.example.nothing" });

        Assert.Equal("Could not resolve lexicon: com.example.nothing", refusal.Refused(400, "LexiconNotFound").Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?nsid=")]
    [InlineData("?nsid=example.com")]
    public async Task Refuses_what_is_no_name(string query) =>
        (await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/xrpc/{Method}{query}"))).Refused(400, "InvalidRequest");

    /// <summary>A server on which the authority of all lexicons has an account.</summary>
    public sealed class AuthorityPds : PdsFixture
    {
        private readonly Dictionary<string, string> _settings = [];

        public Actor Authority { get; private set; } = null!;

        protected override IReadOnlyDictionary<string, string> Settings => _settings;

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            var first = await SignUpAsync("authority");
            (_settings["Pds:Service:Port"], _settings["Pds:Identity:LexiconAuthority"]) = ($"{new Uri(Url).Port}", first.Did.Value); // the port is in its document
            await RestartAsync();
            Authority = await first.SignInAgainAsync();
        }
    }
}
