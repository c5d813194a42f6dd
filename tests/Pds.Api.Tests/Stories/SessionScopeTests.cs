using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Which session may call which method: nobody's, one of the account's own password, of an app password, of a privileged one.</summary>
public sealed class SessionScopeTests(SessionScopeTests.WithSessions pds) : IClassFixture<SessionScopeTests.WithSessions>
{
    private static readonly string[] Refusals = ["AuthMissing", "AuthenticationRequired", "InvalidToken", "ExpiredToken", "BadJwtType"];

    /// <summary>A column for each session, in that order: <c>+</c> may, anything else is the refusal.</summary>
    [Theory]
    [InlineData("com.atproto.repo.applyWrites", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.repo.createRecord", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.repo.deleteRecord", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.repo.describeRepo", "GET", "+", "+", "+", "+")]
    [InlineData("com.atproto.repo.getRecord", "GET", "+", "+", "+", "+")]
    [InlineData("com.atproto.repo.listRecords", "GET", "+", "+", "+", "+")]
    [InlineData("com.atproto.repo.putRecord", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.repo.uploadBlob", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.server.confirmEmail", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.server.createAccount", "POST", "+", "BadJwtType", "BadJwtType", "BadJwtType")]
    [InlineData("com.atproto.server.createAppPassword", "POST", "AuthMissing", "+", "InvalidToken", "InvalidToken")]
    [InlineData("com.atproto.server.createSession", "POST", "+", "+", "+", "+")]
    [InlineData("com.atproto.server.deleteSession", "POST", "AuthMissing", "InvalidToken", "InvalidToken", "InvalidToken")]
    [InlineData("com.atproto.server.describeServer", "GET", "+", "+", "+", "+")]
    [InlineData("com.atproto.server.getAccountInviteCodes", "GET", "AuthMissing", "+", "InvalidToken", "InvalidToken")]
    [InlineData("com.atproto.server.getSession", "GET", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.server.listAppPasswords", "GET", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.server.refreshSession", "POST", "AuthMissing", "InvalidToken", "InvalidToken", "InvalidToken")]
    [InlineData("com.atproto.server.requestEmailConfirmation", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.server.requestEmailUpdate", "POST", "AuthMissing", "+", "InvalidToken", "InvalidToken")]
    [InlineData("com.atproto.server.revokeAppPassword", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.server.updateEmail", "POST", "AuthMissing", "+", "InvalidToken", "InvalidToken")]
    [InlineData("com.atproto.identity.updateHandle", "POST", "AuthMissing", "+", "+", "+")]
    [InlineData("com.atproto.sync.getBlob", "GET", "+", "+", "+", "+")]
    [InlineData("com.atproto.sync.getRepo", "GET", "+", "+", "+", "+")]
    [InlineData("com.example.unknown", "POST", "AuthMissing", "+", "+", "+")]
    public async Task A_method_takes_the_sessions_that_it_is_for(string method, string verb, string nobody, string full, string app, string privileged)
    {
        var answers = new List<string>();
        foreach (var caller in pds.Callers)
        {
            var answer = verb == "GET" ? await caller.GetAsync(method) : await caller.PostAsync(method);
            answers.Add(answer.Error is { } error && Refusals.Contains(error) ? error : "+");
        }

        Assert.Equal([nobody, full, app, privileged], answers);
    }

    [Theory]
    [InlineData(SessionScope.AppPass)]
    [InlineData(SessionScope.AppPassPrivileged)]
    public async Task A_token_that_names_no_app_password_is_good_until_it_expires(SessionScope scope)
    {
        var alice = await pds.SignUpAsync();
        var token = pds.Services.GetRequiredService<ITokenIssuer>().IssueAccess(alice.Did, scope);

        (await new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" }.GetAsync("com.atproto.server.getSession")).Ok();
    }

    [Fact]
    public async Task A_token_that_names_somebody_elses_app_password_is_none()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        var id = Jwt.Read((await pds.SignInToAppAsync(bob)).AccessJwt).Claim("app_password");
        var token = pds.Services.GetRequiredService<ITokenIssuer>().IssueAccess(alice.Did, SessionScope.AppPass, id);

        (await new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" }.GetAsync("com.atproto.server.getSession")).Refused(400, "ExpiredToken");
    }

    public sealed class WithSessions : PdsFixture
    {
        /// <summary>An AppView that is not there: who may call it is decided before.</summary>
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:AppView:Url"] = "http://127.0.0.1:1",
            ["Pds:AppView:Did"] = "did:web:appview.example.com",
        };

        /// <summary>Nobody, and one account in a session of each kind. What the tests send is too little for a method to change anything that matters here.</summary>
        public IReadOnlyList<XrpcClient> Callers { get; private set; } = [];

        public override async Task InitializeAsync()
        {
            await base.InitializeAsync();
            var alice = await SignUpAsync();
            Callers = [Anyone, alice, await this.SignInToAppAsync(alice, "app"), await this.SignInToAppAsync(alice, "privileged", privileged: true)];
        }
    }
}
