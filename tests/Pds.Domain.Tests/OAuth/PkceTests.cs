using Pds.Domain.OAuth;

namespace Pds.Domain.Tests.OAuth;

public sealed class PkceTests
{
    /// <summary>The example of RFC 7636, appendix B.</summary>
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [Fact]
    public void A_verifier_matches_its_challenge_and_no_other()
    {
        Assert.True(Pkce.Matches(Challenge, Verifier));
        Assert.False(Pkce.Matches(Challenge, Verifier + "x"));
        Assert.False(Pkce.Matches(Verifier, Verifier));
    }

    [Theory]
    [InlineData(Challenge, true)]
    [InlineData("", false)]
    [InlineData("abc", false)]
    [InlineData(Challenge + "=", false)]
    [InlineData("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", false)]
    public void A_challenge_is_a_hash_in_base64url(string text, bool isOne) => Assert.Equal(isOne, Pkce.IsChallenge(text));

    [Theory]
    [InlineData(42, false)]
    [InlineData(43, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_verifier_has_43_to_128_characters(int length, bool isOne) => Assert.Equal(isOne, Pkce.IsVerifier(new string('~', length)));
}
