namespace Pds.Application.Options;

/// <summary>How what people see is coloured. Colours are CSS: <c>#0b62d6</c> or <c>rgb(11, 98, 214)</c>.</summary>
public sealed record BrandingOptions
{
    /// <summary>The main colour of mails and pages.</summary>
    public string PrimaryColor { get; init; } = "#0b62d6";

    /// <summary>The pages' colour of errors; null for the style's own, which differs between light and dark.</summary>
    public string? ErrorColor { get; init; }

    /// <summary>The pages' colour of warnings; null for the style's own.</summary>
    public string? WarningColor { get; init; }

    /// <summary>The pages' colour of information; null for the style's own.</summary>
    public string? InfoColor { get; init; }

    /// <summary>The pages' colour of success; null for the style's own.</summary>
    public string? SuccessColor { get; init; }

    /// <summary>The picture behind pages in the light theme; null for none.</summary>
    public string? BackgroundLightUrl { get; init; }

    /// <summary>The picture behind pages in the dark theme; null for none.</summary>
    public string? BackgroundDarkUrl { get; init; }
}
