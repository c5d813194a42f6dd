namespace Pds.Application.Options;

/// <summary>How what people see is coloured.</summary>
public sealed record BrandingOptions
{
    /// <summary>The main colour, as CSS: <c>#0b62d6</c> or <c>rgb(11, 98, 214)</c>.</summary>
    public string PrimaryColor { get; init; } = "#0b62d6";
}
