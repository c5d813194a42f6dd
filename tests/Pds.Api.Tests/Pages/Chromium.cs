using Microsoft.Playwright;

namespace Pds.Api.Tests.Pages;

/// <summary>A real browser. One for a test class; each test has windows of its own, with cookies of their own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Executable = "/usr/bin/chromium";

    /// <summary>Why tests that need it are skipped; null where they can run, and where they must.</summary>
    public static string? WhyMissing => File.Exists(Executable) || Environment.GetEnvironmentVariable("CI") == "true" ? null : $"There is no {Executable}: scripts/setup-chromium.sh installs it";

    private static readonly string[] Arguments =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Executable)) return; // the tests are skipped, or fail and say why
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Arguments });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A window with cookies of its own.</summary>
    public async Task<IPage> OpenWindowAsync(ColorScheme colours = ColorScheme.Light, int width = 1200, int height = 800, bool scripts = true)
    {
        var browser = _browser ?? throw new InvalidOperationException($"There is no {Executable}");
        var window = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = colours,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = scripts,
            Locale = "en",
        });
        return await window.NewPageAsync();
    }
}
