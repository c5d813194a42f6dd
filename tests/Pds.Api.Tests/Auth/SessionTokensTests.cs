using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

/// <summary>Tokens under a secret that is shorter than a hash: any other server that had the same secret signed the same way.</summary>
public sealed class SessionTokensTests(SessionTokensTests.WithShortSecret pds) : IClassFixture<SessionTokensTests.WithShortSecret>
{
    private const string Secret = "a short one";

    [Fact]
    public async Task A_token_that_was_signed_with_the_secret_itself_is_good()
    {
        var alice = await pds.SignUpAsync();

        var foreign = Jwt.Read(alice.AccessJwt).With("jti", JsonValue.Create("made elsewhere")).Sign(Secret);

        Assert.Equal(alice.Did.Value, (await CallAsync(foreign)).Ok().GetProperty("did").GetString());
    }

    [Fact]
    public async Task A_token_that_was_signed_with_another_is_not()
    {
        var alice = await pds.SignUpAsync();

        (await CallAsync(Jwt.Read(alice.AccessJwt).Sign($"{Secret}!"))).Refused(400, "InvalidToken");
    }

    private Task<XrpcAnswer> CallAsync(string token) => new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" }.GetAsync("com.atproto.server.getSession");

    public sealed class WithShortSecret : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Secrets:JwtSecret"] = Secret };
    }
}
