using Pds.Domain.Lexicon.Schemas;

namespace Pds.Domain.Tests.Lexicon;

public sealed class LocalizedTextTests
{
    private static readonly LocalizedText Text = new("plain", new Dictionary<string, string> { ["de"] = "deutsch", ["pt-br"] = "brasileiro", ["zh-hant"] = "traditional" });

    [Theory]
    [InlineData("deutsch", "de")]
    [InlineData("deutsch", "DE-at-1996")]
    [InlineData("deutsch", "de-x-private")]
    [InlineData("brasileiro", "fr", "pt-BR")]
    [InlineData("traditional", "zh-Hant-TW", "de")]
    [InlineData("plain", "pt")] // what is narrower than what the reader knows is not meant for him
    [InlineData("plain", "x-de")]
    [InlineData("plain", "", "-")]
    [InlineData("plain")]
    public void Is_said_in_the_first_language_that_it_has(string text, params string[] languages) => Assert.Equal(text, Text.In(languages));
}
