namespace Pds.Api.Tests.Pages;

/// <summary>A theory that needs Debian's Chromium, as <see cref="ChromiumFactAttribute"/> is a fact.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = Chromium.WhyMissing;
}
