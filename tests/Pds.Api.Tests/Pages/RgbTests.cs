using Pds.Api.Pages;
using Pds.Application.Options;

namespace Pds.Api.Tests.Pages;

public sealed class RgbTests
{
    [Theory]
    [InlineData("#0b62d6", "#0b62d6")]
    [InlineData("#AbC", "#aabbcc")]
    [InlineData("rgb(11, 98, 214)", "#0b62d6")]
    [InlineData("rgb(999,0,0)", "#ff0000")]
    public void Reads_what_the_setting_takes(string text, string colour) => Assert.Equal(colour, Rgb.Parse(text).ToString());

    [Fact]
    public void Contrast_is_as_WCAG_counts_it()
    {
        Assert.Equal(21, Rgb.Black.Contrast(Rgb.White), precision: 3);
        Assert.Equal(1, Rgb.White.Contrast(Rgb.White), precision: 3);
        Assert.Equal(4.48, Rgb.Parse("#777777").Contrast(Rgb.White), precision: 2);
    }

    [Theory]
    [InlineData("#ffff00")]
    [InlineData("#ffffff")]
    [InlineData("#000000")]
    [InlineData("#808080")]
    [InlineData("#00ff00")]
    [InlineData("rgb(255, 105, 180)")]
    public void Whatever_the_operator_chooses_can_be_read(string text)
    {
        var colour = Rgb.Parse(text);

        foreach (var ground in new[] { "#ffffff", "#1c2027", "#f3f5f8", "#12151a" })
            Assert.True(colour.LegibleOn(Rgb.Parse(ground)).Contrast(Rgb.Parse(ground)) >= Rgb.LeastContrast, $"{text} on {ground}");
        Assert.True(colour.Ink.Contrast(colour) >= Rgb.LeastContrast);
    }

    [Fact]
    public void The_palette_has_the_operators_colours_and_pictures_and_nothing_gets_out_of_them()
    {
        var css = Palette.Css(new BrandingOptions { PrimaryColor = "#ffff00", BackgroundDarkUrl = "https://example.com/a\"); } body { display: none" });

        Assert.Contains("--accent: #ffff00;", css, StringComparison.Ordinal);
        Assert.Contains("--on-accent: #000000;", css, StringComparison.Ordinal);
        Assert.Contains("--background: url(\"https://example.com/a%22); } body { display: none\");", css, StringComparison.Ordinal);
    }
}
