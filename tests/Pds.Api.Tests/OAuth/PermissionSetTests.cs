using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

/// <summary>Apps that ask for a published permission set instead of every scope by itself.</summary>
public sealed class PermissionSetTests(PermissionSetTests.LexiconPds pds) : IClassFixture<PermissionSetTests.LexiconPds>
{
    private const string Asked = "atproto include:com.example.authFull?aud=did:web:api.example.com%23svc";

    [Fact]
    public async Task An_app_may_do_what_the_set_lists_and_nothing_else()
    {
        var alice = await pds.SignUpAsync();
        var app = await pds.SignInAsync(pds.NewClient(document => document["scope"] = Asked), alice, Asked);

        (await CreateAsync(app, alice, "com.example.thing")).Ok();
        (await app.GetAsync("com.atproto.server.getServiceAuth", new { aud = "did:web:api.example.com#svc", lxm = "com.example.getThing" })).Ok();

        (await CreateAsync(app, alice, "com.example.other")).Refused(403, "ScopeMissingError");
        (await CreateAsync(app, alice, "org.example.thing")).Refused(403, "ScopeMissingError"); // in the set, but not its namespace's to give
        (await app.GetAsync("com.atproto.server.getServiceAuth", new { aud = "did:web:other.example.com#svc", lxm = "com.example.getThing" })).Refused(403, "ScopeMissingError");
    }

    [Fact]
    public async Task A_set_that_cannot_be_found_refuses_the_request()
    {
        const string scope = "atproto include:com.example.nothing";

        var refusal = await pds.NewClient(document => document["scope"] = scope).ParAsync(("scope", scope));

        Assert.Equal("Could not resolve Lexicon for NSID (com.example.nothing)", refusal.Refused(400, "invalid_scope").Json.GetProperty("error_description").GetString());
    }

    [Fact]
    public async Task What_the_set_lists_by_now_is_what_fresh_tokens_are_good_for()
    {
        var server = new LexiconPds();
        await server.InitializeAsync();
        try
        {
            var alice = await server.SignUpAsync();
            var app = await server.SignInAsync(server.NewClient(document => document["scope"] = Asked), alice, Asked);
            server.Publish("com.example.thing", "com.example.other");
            await server.RestartAsync();
            var moved = new OAuthClient(server.Url, app.Id) { Key = app.Key, AccessToken = app.AccessToken, RefreshToken = app.RefreshToken, Clock = server.Time.GetUtcNow };
            (await CreateAsync(moved, alice, "com.example.other")).Refused(401, "invalid_token"); // the server's address is another

            (await moved.RefreshAsync()).Ok();

            (await CreateAsync(moved, alice, "com.example.other")).Ok();
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static Task<XrpcAnswer> CreateAsync(OAuthClient app, Actor user, string collection) =>
        app.PostAsync("com.atproto.repo.createRecord", new { repo = user.Did.Value, collection, record = new { text = "by an app" } });

    /// <summary>A server whose operator has a permission set among his documents.</summary>
    public sealed class LexiconPds : OAuthPds
    {
        private readonly DirectoryInfo _lexicons = Directory.CreateTempSubdirectory("pds-lexicons-");

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings) { ["Pds:Lexicons:Directory"] = _lexicons.FullName };

        public override async Task InitializeAsync()
        {
            Publish("com.example.thing");
            await base.InitializeAsync();
        }

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            _lexicons.Delete(recursive: true);
        }

        /// <summary>Writes the set with these collections of its own.</summary>
        public void Publish(params IEnumerable<string> collections) => File.WriteAllText(Path.Combine(_lexicons.FullName, "authFull.json"), $$"""
            {
              "lexicon": 1,
              "id": "com.example.authFull",
              "defs": {
                "main": {
                  "type": "permission-set",
                  "permissions": [
                    { "type": "permission", "resource": "repo", "collection": ["{{string.Join("\", \"", collections)}}"] },
                    { "type": "permission", "resource": "repo", "collection": ["org.example.thing"] },
                    { "type": "permission", "resource": "rpc", "lxm": ["com.example.getThing"], "inheritAud": true }
                  ]
                }
              }
            }
            """);
    }
}
