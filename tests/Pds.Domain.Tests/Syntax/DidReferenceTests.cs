using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Syntax;

public sealed class DidReferenceTests
{
    [Theory]
    [InlineData("did:web:example.com", null)]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz#atproto_labeler", "atproto_labeler")]
    [InlineData("did:web:EXAMPLE.com#a!b'/?%2F", "a!b'/?%2F")]
    public void Prints_itself(string text, string? fragment)
    {
        var reference = DidReference.Parse(text);

        Assert.Equal((text, fragment), (reference.ToString(), reference.Fragment));
        Assert.Equal(reference, DidReference.Of(reference.Did, fragment));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("#atproto_pds")]
    [InlineData("example.com#x")]
    [InlineData("did:web:example.com#")]
    [InlineData("did:web:example.com#a#b")]
    [InlineData("did:web:example.com#a b")]
    [InlineData("did:web:example.com#a\"")]
    [InlineData("did:web:example.com#a\\")]
    [InlineData("did:web:example.com#%2")]
    [InlineData("did:web:example.com#x\n")]
    public void Refuses_what_is_none(string? text) => Assert.False(DidReference.TryParse(text, out _));

    [Theory]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz", true)]
    [InlineData("did:web:example.com", true)]
    [InlineData("did:web:localhost", true)]
    [InlineData("did:web:localhost%3A2583", true)]
    [InlineData("did:web:example.com%3A2583", false)]
    [InlineData("did:web:example.com:path", false)]
    [InlineData("did:web:a%20b", false)]
    [InlineData("did:plc:short", false)]
    [InlineData("did:plc:EWVI7NXZYOUN6ZHXRHS64OIZ", false)]
    [InlineData("did:key:zQ3shXjHeiBuRCKmM36cuYnm7YEMzhGnCmCyW92sRJ9pribSF", false)]
    public void Some_methods_are_blessed(string text, bool isBlessed) => Assert.Equal(isBlessed, Did.Parse(text).IsBlessed);
}
