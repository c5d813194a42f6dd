using System.Text.Json.Nodes;
using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class AuthHeaderTests(AuthHeaderTests.WithKnownSecret pds) : IClassFixture<AuthHeaderTests.WithKnownSecret>
{
    private const string Secret = "a secret that the test knows, of more than 32 bytes";
    private const string GetSession = "com.atproto.server.getSession";
    private const string Refresh = "com.atproto.server.refreshSession";

    [Fact]
    public async Task A_token_that_is_signed_again_with_the_servers_secret_works_so_the_forgeries_below_fail_for_what_is_wrong_with_them()
    {
        var alice = await pds.SignUpAsync();

        (await WithTokenAsync(Jwt.Read(alice.AccessJwt).Sign(Secret))).Ok();
    }

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER {0}")]
    [InlineData("Bearer   {0}")]
    public async Task The_schemes_case_does_not_matter(string header)
    {
        var alice = await pds.SignUpAsync();

        (await WithHeaderAsync(header.Replace("{0}", alice.AccessJwt, StringComparison.Ordinal))).Ok();
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer garbage")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer a.b.c.d.e")]
    [InlineData("Bearer {0} {0}")]
    [InlineData("Bearer {0},Bearer {0}")]
    [InlineData("Bearer\t{0}")]
    [InlineData("Bearer \"{0}\"")]
    [InlineData("{0}")]
    [InlineData("garbage")]
    [InlineData("Basic YWRtaW46cGFzc3dvcmQ=")]
    [InlineData("Digest {0}")]
    [InlineData(",")]
    [InlineData("=")]
    public async Task A_header_that_is_none_is_an_invalid_token(string header)
    {
        var alice = await pds.SignUpAsync();

        (await WithHeaderAsync(header.Replace("{0}", alice.AccessJwt, StringComparison.Ordinal))).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task A_session_s_token_is_none_of_an_app_s() =>
        (await WithHeaderAsync($"DPoP {(await pds.SignUpAsync()).AccessJwt}")).Refused(401, "invalid_token");

    [Fact]
    public async Task Two_headers_are_an_invalid_token()
    {
        var alice = await pds.SignUpAsync();
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"GET /xrpc/{GetSession} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {alice.Authorization}\r\nAuthorization: {alice.Authorization}\r\n\r\n");

        (await connection.ReadAnswerAsync()).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task No_header_and_an_empty_one_are_missing()
    {
        Assert.Equal("Authentication Required", (await pds.Anyone.GetAsync(GetSession)).Refused(401, "AuthMissing").Message);
        (await WithHeaderAsync("")).Refused(401, "AuthMissing");
    }

    [Fact]
    public async Task An_access_token_lasts_two_hours_and_then_is_a_400_that_clients_refresh_upon()
    {
        var alice = await pds.SignUpAsync();

        pds.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        (await alice.GetAsync(GetSession)).Ok();
        pds.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Token has expired", (await alice.GetAsync(GetSession)).Refused(400, "ExpiredToken").Message);
        (await alice.Refreshing.PostAsync(Refresh)).Ok();
    }

    [Fact]
    public async Task An_expired_token_with_a_wrong_signature_is_invalid_and_not_expired()
    {
        var alice = await pds.SignUpAsync();
        var expired = Jwt.Read(alice.AccessJwt).With("exp", 1_000_000_000);

        (await WithTokenAsync(expired.Sign(Secret))).Refused(400, "ExpiredToken");
        (await WithTokenAsync(expired.Sign("another secret, which is also of more than 32 bytes"))).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Refuses_a_refresh_token_where_an_access_token_belongs_and_the_reverse()
    {
        var alice = await pds.SignUpAsync();

        (await alice.Refreshing.GetAsync(GetSession)).Refused(400, "InvalidToken");
        (await alice.Refreshing.PostAsync("com.atproto.repo.createRecord", new { })).Refused(400, "InvalidToken");
        (await alice.PostAsync(Refresh)).Refused(400, "InvalidToken");
        (await alice.PostAsync("com.atproto.server.deleteSession")).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task Refuses_the_other_kinds_scope_in_a_token_of_the_right_type()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal("Bad token scope", (await WithTokenAsync(Jwt.Read(alice.AccessJwt).With("scope", "com.atproto.refresh").Sign(Secret))).Refused(400, "InvalidToken").Message);
        var access = Jwt.Read(alice.RefreshJwt).With("scope", "com.atproto.access").Sign(Secret);
        Assert.Equal("Bad token scope", (await new XrpcClient(pds.Url) { Authorization = $"Bearer {access}" }.PostAsync(Refresh)).Refused(400, "InvalidToken").Message);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("nOnE")]
    [InlineData("HS256")]
    public async Task Refuses_an_unsigned_token(string algorithm)
    {
        var alice = await pds.SignUpAsync();

        (await WithTokenAsync(Jwt.Read(alice.AccessJwt).WithHeader("alg", algorithm).Unsigned())).Refused(400, "InvalidToken");
    }

    [Theory]
    [InlineData("alg", "HS512")]
    [InlineData("alg", "ES256K")]
    [InlineData("alg", "none")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "refresh+jwt")]
    [InlineData("typ", "dpop+jwt")]
    [InlineData("typ", "")]
    public async Task Refuses_a_header_that_is_not_its_own(string name, string value)
    {
        var alice = await pds.SignUpAsync();

        (await WithTokenAsync(Jwt.Read(alice.AccessJwt).WithHeader(name, value).Sign(Secret))).Refused(400, "InvalidToken");
    }

    [Theory]
    [InlineData("aud", "\"did:web:elsewhere.example.com\"", "Token could not be verified")]
    [InlineData("aud", null, "Token could not be verified")]
    [InlineData("aud", "12", "Token could not be verified")]
    [InlineData("exp", "\"tomorrow\"", "Token could not be verified")]
    [InlineData("scope", null, "Bad token scope")]
    [InlineData("scope", "\"com.atproto.everything\"", "Bad token scope")]
    [InlineData("scope", "\"com.atproto.access com.atproto.refresh\"", "Bad token scope")]
    [InlineData("sub", null, "Malformed token")]
    [InlineData("sub", "\"alice.test\"", "Malformed token")]
    [InlineData("sub", "12", "Malformed token")]
    [InlineData("lxm", "\"com.atproto.server.getSession\"", "Malformed token")]
    [InlineData("cnf", "{\"jkt\":\"x\"}", "Malformed token")]
    public async Task Refuses_claims_that_are_not_its_own(string claim, string? value, string message)
    {
        var alice = await pds.SignUpAsync();

        var answer = await WithTokenAsync(Jwt.Read(alice.AccessJwt).With(claim, value is null ? null : JsonNode.Parse(value)).Sign(Secret));

        Assert.Equal(message, answer.Refused(400, "InvalidToken").Message);
    }

    [Fact]
    public async Task Refuses_a_token_that_was_tampered_with_anywhere()
    {
        var alice = await pds.SignUpAsync();
        var bob = await pds.SignUpAsync("bob");
        var (mine, his) = (alice.AccessJwt.Split('.'), bob.AccessJwt.Split('.'));

        (await WithTokenAsync($"{mine[0]}.{his[1]}.{mine[2]}")).Refused(400, "InvalidToken");
        (await WithTokenAsync($"{mine[0]}.{mine[1]}.{his[2]}")).Refused(400, "InvalidToken");
        (await WithTokenAsync($"{mine[0]}.{mine[1]}.{(mine[2][0] == 'A' ? 'B' : 'A')}{mine[2][1..]}")).Refused(400, "InvalidToken");
        (await WithTokenAsync($"{mine[0]}.{mine[1]}.{mine[2][..^4]}")).Refused(400, "InvalidToken");
        (await WithTokenAsync($"{mine[0]}.{mine[1]}")).Refused(400, "InvalidToken");
    }

    [Fact]
    public async Task A_token_without_an_end_has_ended()
    {
        var alice = await pds.SignUpAsync();

        (await WithTokenAsync(Jwt.Read(alice.AccessJwt).With("exp", null).Sign(Secret))).Refused(400, "ExpiredToken");
    }

    [Fact]
    public async Task A_token_of_an_account_that_is_not_here_is_a_403()
    {
        var alice = await pds.SignUpAsync();

        var answer = await WithTokenAsync(Jwt.Read(alice.AccessJwt).With("sub", "did:plc:ewvi7nxzyoun6zhxrhs64oiz").Sign(Secret));

        Assert.Equal("Account not found", answer.Refused(403, "AccountNotFound").Message);
    }

    [Fact]
    public async Task A_deactivated_account_may_not_write_but_is_told_why()
    {
        var alice = await pds.SignUpAsync();
        await pds.DeactivateAsync(alice.Did);

        (await alice.CreateRecordAsync(Records.Post())).Refused(401, "AccountDeactivated");
    }

    [Fact]
    public async Task The_administrators_password_is_compared_whole()
    {
        var alice = await pds.SignUpAsync();
        await pds.TakeDownAsync(alice.Did);

        (await pds.Admin.GetAsync("com.atproto.sync.getLatestCommit", new { did = alice.Did.Value })).Ok();
        foreach (var credentials in new[] { "admin:wrong", "admin:", "admin", $"root:{PdsFixture.AdminPassword}", $"admin:{PdsFixture.AdminPassword}x", $"admin:{PdsFixture.AdminPassword}:", $":{PdsFixture.AdminPassword}", new string('a', 2000) })
        {
            var header = $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials))}";
            (await new XrpcClient(pds.Url) { Authorization = header }.GetAsync("com.atproto.sync.getLatestCommit", new { did = alice.Did.Value })).Refused(401, "AuthenticationRequired");
        }

        (await new XrpcClient(pds.Url) { Authorization = "Basic %%%" }.GetAsync("com.atproto.sync.getLatestCommit", new { did = alice.Did.Value })).Refused(401, "AuthenticationRequired");
    }

    private Task<XrpcAnswer> WithTokenAsync(string token) => WithHeaderAsync($"Bearer {token}");

    private Task<XrpcAnswer> WithHeaderAsync(string header) => new XrpcClient(pds.Url) { Authorization = header }.GetAsync(GetSession);

    public sealed class WithKnownSecret : TimedPdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Secrets:JwtSecret"] = Secret };
    }
}
