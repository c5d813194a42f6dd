using System.Text.Json.Nodes;
using Pds.Api.Auth;
using Pds.Application.Errors;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

public sealed class UsedTokensTests
{
    private static readonly DidReference Issuer = DidReference.Parse("did:web:mod.example.com");

    private readonly FakeTime _time = new();
    private readonly UsedTokens _used;

    public UsedTokensTests() => _used = new UsedTokens(_time);

    [Fact]
    public void Forgets_a_token_once_it_has_ended()
    {
        Use("one");
        Assert.Equal("BadJwt", Assert.Throws<XrpcException>(() => Use("one")).Name);

        _time.Advance(TimeSpan.FromSeconds(61));

        Use("one"); // would be refused as expired before it came here
    }

    [Fact]
    public void Remembers_so_many_and_refuses_more_until_some_have_ended()
    {
        for (var i = 0; i < UsedTokens.Capacity; i++) Use($"{i}");

        Assert.Equal(XrpcErrorKind.NotEnoughResources, Assert.Throws<XrpcException>(() => Use("one more")).Kind);
        _time.Advance(TimeSpan.FromSeconds(61));
        Use("one more");
    }

    [Fact]
    public void One_issuers_id_is_not_anothers()
    {
        Use("one");

        _used.Use(Token("one"), DidReference.Parse($"{Issuer}#atproto_labeler"));
    }

    [Fact]
    public void Of_many_at_once_one_is_the_first()
    {
        var firsts = 0;

        Parallel.For(0, 64, _ =>
        {
            try
            {
                Use("one");
                Interlocked.Increment(ref firsts);
            }
            catch (XrpcException)
            {
                // the others
            }
        });

        Assert.Equal(1, firsts);
    }

    private void Use(string id) => _used.Use(Token(id), Issuer);

    private ServiceToken Token(string id)
    {
        var claims = new JsonObject { ["iss"] = Issuer.ToString(), ["aud"] = "did:web:localhost", ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 60, ["jti"] = id };
        return ServiceToken.TryParse(new Jwt(new JsonObject { ["alg"] = "ES256K" }, claims).Unsigned(), out var token) ? token : throw new InvalidOperationException("No token");
    }
}
