namespace Pds.Api.Pages;

/// <summary>What a browser calls itself, in words: <c>Firefox on Linux</c>. Only a hint for the owner to recognise it by; anybody can call themselves anything.</summary>
internal static class BrowserName
{
    // The most particular first: every browser says that it is several others too.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent)
    {
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        if (browser is null && system is null) return Texts.UnknownBrowser;
        return browser is null ? Texts.BrowserOn.With(Texts.UnknownBrowser, system!) : system is null ? browser : Texts.BrowserOn.With(browser, system);
    }

    private static string? Find((string Mark, string Name)[] names, string? userAgent) =>
        userAgent is null ? null : Array.Find(names, name => userAgent.Contains(name.Mark, StringComparison.Ordinal)).Name;
}
