namespace Pds.Api.Pages;

/// <summary>The languages that a browser says its user reads (<c>Accept-Language</c>). Pages are in English; what others have written in several languages is chosen by these.</summary>
internal static class ReaderLanguages
{
    private const int Max = 16;

    /// <summary>Language tags, the best first.</summary>
    public static IReadOnlyList<string> Of(HttpRequest request) =>
    [
        .. request.GetTypedHeaders().AcceptLanguage.Where(language => language.Quality is null or > 0).OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString()).Take(Max),
    ];
}
