using System.Globalization;
using System.Text;
using Pds.Application.Options;

namespace Pds.Api.Pages;

/// <summary>The pages' colours as CSS: the operator's, made lighter or darker until they can be read, whatever they are.</summary>
internal static class Palette
{
    private static readonly Theme Light = new(Ground: new Rgb(255, 255, 255), Tint: 0.9);
    private static readonly Theme Dark = new(Ground: new Rgb(0x1c, 0x20, 0x27), Tint: 0.82);

    private static readonly Rgb Error = new(0xb4, 0x23, 0x18);
    private static readonly Rgb Warning = new(0x8a, 0x57, 0x00);
    private static readonly Rgb Info = new(0x0b, 0x62, 0xd6);
    private static readonly Rgb Success = new(0x1a, 0x7f, 0x4b);

    /// <summary>Rules that define what the style sheet uses.</summary>
    public static string Css(BrandingOptions branding) =>
        $$"""
        :root {
        {{Rules(branding, Light, branding.BackgroundLightUrl)}}}
        @media (prefers-color-scheme: dark) {
        :root {
        {{Rules(branding, Dark, branding.BackgroundDarkUrl)}}}
        }

        """;

    private static string Rules(BrandingOptions branding, Theme theme, string? background)
    {
        var rules = new StringBuilder();
        var accent = Rgb.Parse(branding.PrimaryColor);
        Rule("ground", theme.Ground.ToString());
        Rule("accent", accent.ToString());
        Rule("on-accent", accent.Ink.ToString());
        Rule("link", accent.LegibleOn(theme.Ground).ToString());
        Notice("error", branding.ErrorColor, Error);
        Notice("warning", branding.WarningColor, Warning);
        Notice("info", branding.InfoColor, Info);
        Notice("success", branding.SuccessColor, Success);
        if (background is not null) Rule("background", $"url(\"{Escape(background)}\")");
        return rules.ToString();

        void Notice(string name, string? chosen, Rgb usual)
        {
            var colour = chosen is null ? usual : Rgb.Parse(chosen);
            var ground = colour.Mix(theme.Ground, theme.Tint);
            Rule(name, colour.LegibleOn(ground).ToString());
            Rule($"{name}-ground", ground.ToString());
        }

        void Rule(string name, string value) => rules.Append(CultureInfo.InvariantCulture, $"  --{name}: {value};\n");
    }

    /// <summary>Inside a string of CSS; what is read here is a URL already, which has no line breaks.</summary>
    private static string Escape(string url) => url.Replace("\\", "%5C", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal);

    /// <param name="Ground">What text is read on.</param>
    /// <param name="Tint">How much of the ground is in a notice's colour.</param>
    private sealed record Theme(Rgb Ground, double Tint);
}
