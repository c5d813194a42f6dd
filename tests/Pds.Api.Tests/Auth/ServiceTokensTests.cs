using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Auth;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

/// <summary>Service tokens that others send: every rule is broken alone. <c>createAccount</c> takes anyone's, and where it was taken, what is refused is the handle.</summary>
public sealed class ServiceTokensTests(ServiceTokensTests.Counting pds) : IClassFixture<ServiceTokensTests.Counting>
{
    private const string Method = "com.atproto.server.createAccount";

    public static TheoryData<string, string, string?, string, string> Claims => new()
    {
        { "aud", "other", "\"did:web:other.example.com\"", "BadJwtAudience", "jwt audience does not match service did" },
        { "aud", "other service", "\"did:web:localhost#bsky_appview\"", "BadJwtAudience", "jwt audience does not match service did" },
        { "aud", "list of others", "[\"did:web:other.example.com\"]", "BadJwtAudience", "jwt audience does not match service did" },
        { "aud", "empty list", "[]", "BadJwtAudience", "jwt audience does not match service did" },
        { "aud", "missing", null, "BadJwt", "poorly formatted jwt" },
        { "aud", "number", "12", "BadJwt", "poorly formatted jwt" },
        { "exp", "missing", null, "BadJwt", "poorly formatted jwt" },
        { "exp", "text", "\"tomorrow\"", "BadJwt", "poorly formatted jwt" },
        { "exp", "past", "1000000000", "JwtExpired", "jwt expired" },
        { "exp", "negative", "-1", "JwtExpired", "jwt expired" },
        { "exp", "far", "9999999999", "BadJwt", "jwt expires too far in the future" },
        { "lxm", "missing", null, "BadJwtLexiconMethod", $"missing jwt lexicon method (\"lxm\"). must match: {Method}" },
        { "lxm", "other", "\"com.atproto.repo.uploadBlob\"", "BadJwtLexiconMethod", $"bad jwt lexicon method (\"lxm\"). must match: {Method}" },
        { "lxm", "other case", "\"com.atproto.server.CREATEACCOUNT\"", "BadJwtLexiconMethod", $"bad jwt lexicon method (\"lxm\"). must match: {Method}" },
        { "lxm", "any", "\"*\"", "BadJwtLexiconMethod", $"bad jwt lexicon method (\"lxm\"). must match: {Method}" },
        { "lxm", "number", "12", "BadJwt", "poorly formatted jwt" },
        { "iss", "missing", null, "BadJwt", "poorly formatted jwt" },
        { "iss", "empty", "\"\"", "BadJwtIss", "jwt iss is not a valid did" },
        { "iss", "handle", "\"alice.test\"", "BadJwtIss", "jwt iss is not a valid did" },
        { "iss", "empty fragment", "\"did:plc:ewvi7nxzyoun6zhxrhs64oiz#\"", "BadJwtIss", "jwt iss is not a valid did" },
        { "iss", "nobody", "\"did:plc:ewvi7nxzyoun6zhxrhs64oiz\"", "AuthenticationRequired", "could not resolve iss did" },
        { "iss", "method that nobody resolves", "\"did:key:zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF\"", "AuthenticationRequired", "could not resolve iss did" },
    };

    public static TheoryData<string, string?, string, string> Headers => new()
    {
        { "typ", "at+jwt", "BadJwtType", "Invalid jwt type \"at+jwt\"" },
        { "typ", "AT+JWT", "BadJwtType", "Invalid jwt type \"AT+JWT\"" },
        { "typ", "application/at+jwt", "BadJwtType", "Invalid jwt type \"application/at+jwt\"" },
        { "typ", "refresh+jwt", "BadJwtType", "Invalid jwt type \"refresh+jwt\"" },
        { "typ", "dpop+jwt", "BadJwtType", "Invalid jwt type \"dpop+jwt\"" },
        { "alg", null, "BadJwt", "poorly formatted jwt" },
        { "alg", "none", "BadJwtSignature", "could not verify jwt signature" },
        { "alg", "HS256", "BadJwtSignature", "could not verify jwt signature" },
        { "alg", "ES256", "BadJwtSignature", "could not verify jwt signature" },
    };

    [Theory]
    [InlineData(Curve.K256)]
    [InlineData(Curve.P256)]
    public async Task Takes_a_token_that_its_issuer_signed(Curve curve)
    {
        var stranger = await Stranger.PublishAsync(pds, curve);

        await IsTakenAsync(stranger, stranger.Token(Method));
    }

    [Theory]
    [InlineData("aud", "\"did:web:localhost#atproto_pds\"")]
    [InlineData("aud", "[\"did:web:other.example.com\",\"did:web:localhost\"]")]
    [InlineData("aud", "[\"did:web:localhost#atproto_pds\"]")]
    [InlineData("jti", null)]
    [InlineData("iat", null)]
    [InlineData("more", "{\"that\":\"nobody knows\"}")]
    public async Task Takes_one_with_claims_like(string claim, string? value)
    {
        var stranger = await Stranger.PublishAsync(pds);

        await IsTakenAsync(stranger, stranger.Claims(Method).With(claim, value is null ? null : JsonNode.Parse(value)).Sign(stranger.Key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("jwt")]
    public async Task Takes_one_of_the_type(string? type)
    {
        var stranger = await Stranger.PublishAsync(pds);

        await IsTakenAsync(stranger, stranger.Claims(Method).WithHeader("typ", type).Sign(stranger.Key));
    }

    [Theory, MemberData(nameof(Claims))]
    public async Task Refuses_one_with_a_claim_that_is_wrong(string claim, string how, string? value, string error, string message)
    {
        var stranger = await Stranger.PublishAsync(pds);

        var answer = await CreateAsync(stranger, stranger.Claims(Method).With(claim, value is null ? null : JsonNode.Parse(value)).Sign(stranger.Key));

        Assert.Equal($"{claim} {how}: {message}", $"{claim} {how}: {answer.Refused(401, error).Message}");
    }

    [Fact]
    public async Task Refuses_an_end_that_is_beyond_all_numbers()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var content = $"{Base64(stranger.Claims(Method).Header.ToJsonString())}.{Base64($$"""{"iss":"{{stranger.Did}}","aud":"did:web:localhost","exp":1e999,"lxm":"{{Method}}"}""")}";

        (await CreateAsync(stranger, $"{content}.{Base64Url.EncodeToString(stranger.Key.Sign(Encoding.UTF8.GetBytes(content)))}")).Refused(401, "BadJwt");
    }

    [Theory, MemberData(nameof(Headers))]
    public async Task Refuses_one_with_a_header_that_is_wrong(string name, string? value, string error, string message)
    {
        var stranger = await Stranger.PublishAsync(pds);

        var answer = await CreateAsync(stranger, stranger.Claims(Method).WithHeader(name, value).Sign(stranger.Key));

        Assert.Equal(message, answer.Refused(401, error).Message);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("..")]
    [InlineData("e30.e30.AAAA")]
    public async Task Refuses_what_is_no_token(string token)
    {
        var stranger = await Stranger.PublishAsync(pds);

        Assert.Equal("poorly formatted jwt", (await CreateAsync(stranger, token)).Refused(401, "BadJwt").Message);
    }

    [Fact]
    public async Task Refuses_one_that_is_longer_than_any_need_be()
    {
        var stranger = await Stranger.PublishAsync(pds);

        (await CreateAsync(stranger, stranger.Claims(Method).With("more", new string('x', ServiceToken.MaxLength)).Sign(stranger.Key))).Refused(401, "BadJwt");
    }

    [Fact]
    public async Task Ends_on_the_second_and_not_before()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var token = stranger.Token(Method);

        pds.Time.Advance(TimeSpan.FromSeconds(60));
        await IsTakenAsync(stranger, token);
        pds.Time.Advance(TimeSpan.FromSeconds(1));

        (await CreateAsync(stranger, token)).Refused(401, "JwtExpired");
    }

    [Fact]
    public async Task An_hour_and_the_clocks_differences_are_the_longest()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var longest = pds.Time.GetUtcNow() + ServiceTokens.LongestLifetime;

        await IsTakenAsync(stranger, stranger.Claims(Method).With("exp", longest.ToUnixTimeSeconds()).Sign(stranger.Key));
        (await CreateAsync(stranger, stranger.Claims(Method).With("exp", longest.ToUnixTimeSeconds() + 1).Sign(stranger.Key))).Refused(401, "BadJwt");
    }

    [Fact]
    public async Task Takes_a_high_S_as_JWT_libraries_write_it()
    {
        var stranger = await Stranger.PublishAsync(pds);

        await IsTakenAsync(stranger, stranger.Claims(Method).Sign(stranger.Key, HighS));
    }

    [Fact]
    public async Task Refuses_signatures_that_are_not_the_issuers()
    {
        var (stranger, other) = (await Stranger.PublishAsync(pds), await Stranger.PublishAsync(pds));
        var claims = stranger.Claims(Method);
        var parts = claims.Sign(stranger.Key).Split('.');

        string[] forgeries =
        [
            claims.Sign(other.Key), claims.Sign(stranger.LabelKey), claims.Unsigned(), claims.Sign(stranger.Key, _ => new byte[64]),
            claims.Sign(stranger.Key, signature => signature[..63]), claims.Sign(stranger.Key, signature => [.. signature, 0]),
            $"{parts[0]}.{claims.With("jti", "another").Sign(stranger.Key).Split('.')[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.%%%",
        ];

        foreach (var forgery in forgeries) Assert.Equal("jwt signature does not match jwt issuer", (await CreateAsync(stranger, forgery)).Refused(401, "BadJwtSignature").Message);
    }

    [Theory]
    [InlineData("#atproto_labeler")]
    [InlineData("#atproto")]
    public async Task A_service_of_an_identity_does_not_speak_for_it(string fragment)
    {
        var stranger = await Stranger.PublishAsync(pds);
        var claims = stranger.Claims(Method).With("iss", stranger.Did.Value + fragment);

        foreach (var key in new[] { stranger.Key, stranger.LabelKey })
            Assert.Equal("Untrusted issuer", (await CreateAsync(stranger, claims.Sign(key))).Refused(401, "UntrustedIss").Message);
    }

    [Fact]
    public async Task Looks_again_when_the_key_was_changed_a_moment_ago()
    {
        var stranger = await Stranger.PublishAsync(pds);
        await IsTakenAsync(stranger, stranger.Token(Method)); // the document is at hand now
        await stranger.ChangeKeyAsync();

        await IsTakenAsync(stranger, stranger.Token(Method));

        Assert.Equal(1, pds.RefreshesOf(stranger.Did));
    }

    [Fact]
    public async Task Garbage_does_not_make_it_ask_the_network_over_and_over()
    {
        var (stranger, other) = (await Stranger.PublishAsync(pds), Stranger.NewKey(pds.Services));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await CreateAsync(stranger, stranger.Claims(Method).Sign(other))).Refused(401, "BadJwtSignature")));
        Assert.Equal(1, pds.RefreshesOf(stranger.Did));
        await IsTakenAsync(stranger, stranger.Token(Method));

        pds.Time.Advance(IssuerKeys.Pause);
        (await CreateAsync(stranger, stranger.Claims(Method).Sign(other))).Refused(401, "BadJwtSignature");
        Assert.Equal(2, pds.RefreshesOf(stranger.Did));
    }

    [Fact]
    public async Task Asks_nobody_about_a_token_that_is_wrong_in_itself()
    {
        var stranger = await Stranger.PublishAsync(pds);

        (await CreateAsync(stranger, stranger.Claims(Method).With("aud", "did:web:other.example.com").Sign(stranger.Key))).Refused(401, "BadJwtAudience");

        Assert.Equal(0, pds.LookUpsOf(stranger.Did));
    }

    [Fact]
    public async Task May_be_sent_again_where_that_does_no_harm()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var token = stranger.Token(Method);

        await IsTakenAsync(stranger, token);
        await IsTakenAsync(stranger, token);
    }

    [Fact]
    public async Task Proves_one_identity_and_no_other()
    {
        var (stranger, other) = (await Stranger.PublishAsync(pds), await Stranger.PublishAsync(pds));

        var refusal = (await CreateAsync(other, stranger.Token(Method))).Refused(401, "AuthenticationRequired");

        Assert.Equal($"Missing auth to create account with did: {other.Did}", refusal.Message);
    }

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=", 401, "AuthenticationRequired")]
    [InlineData("DPoP x", 401, "AuthenticationRequired")]
    [InlineData("Bearer a b", 400, "InvalidToken")]
    [InlineData("Foo x", 400, "InvalidToken")]
    [InlineData("garbage", 400, "InvalidToken")]
    public async Task Whoever_signs_up_sends_this_header_or_none(string header, int status, string error) =>
        (await new XrpcClient(pds.Url) { Authorization = header }.PostAsync(Method, new { handle = "nobody.test" })).Refused(status, error);

    [Fact]
    public async Task Somebody_who_proves_an_identity_can_still_sign_up_for_a_new_one()
    {
        var stranger = await Stranger.PublishAsync(pds);
        var client = new XrpcClient(pds.Url) { Authorization = $"Bearer {stranger.Token(Method)}" };

        (await client.PostAsync(Method, new { handle = "newcomer.test", email = "newcomer@example.com", password = "password" })).Ok();
    }

    private async Task IsTakenAsync(Stranger stranger, string token) => (await CreateAsync(stranger, token)).Refused(400, "HandleNotAvailable");

    private Task<XrpcAnswer> CreateAsync(Stranger stranger, string token) => new XrpcClient(pds.Url) { Authorization = $"Bearer {token}" }
        .PostAsync(Method, new { handle = "admin.test", email = "moving@example.com", password = "password", did = stranger.Did.Value });

    private static string Base64(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static byte[] HighS(byte[] signature)
    {
        var order = BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var high = order - new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        return [.. signature[..32], .. high.ToByteArray(isUnsigned: true, isBigEndian: true)];
    }

    /// <summary>Remembers documents for ever, as a network would, and counts how often it is asked.</summary>
    public sealed class Counting : TimedPdsFixture
    {
        private readonly ConcurrentDictionary<Did, int> _lookUps = [];
        private readonly ConcurrentDictionary<Did, int> _refreshes = [];

        public int LookUpsOf(Did did) => _lookUps.GetValueOrDefault(did);

        public int RefreshesOf(Did did) => _refreshes.GetValueOrDefault(did);

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.Decorate<IIdentityResolver>(inner => new Resolver(inner, this));
        }

        private sealed class Resolver(IIdentityResolver inner, Counting pds) : IIdentityResolver
        {
            private readonly ConcurrentDictionary<Did, DidDocument?> _known = [];

            public async Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct)
            {
                pds._lookUps.AddOrUpdate(did, 1, (_, count) => count + 1);
                return _known.TryGetValue(did, out var known) ? known : _known[did] = await inner.ResolveDidAsync(did, ct);
            }

            public async Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct)
            {
                pds._refreshes.AddOrUpdate(did, 1, (_, count) => count + 1);
                return _known[did] = await inner.RefreshDidAsync(did, ct);
            }

            public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct) => inner.ResolveHandleAsync(handle, ct);

            public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => inner.RefreshHandleAsync(handle, ct);
        }
    }
}
