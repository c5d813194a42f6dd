namespace Pds.Api.Tests.Pages;

/// <summary>A fact that needs Debian's Chromium; skipped, with the reason, on a machine that has none. With <c>CI=true</c> it fails there instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Chromium.WhyMissing;
}
