using System.Text.RegularExpressions;

namespace Pds.Architecture.Tests;

/// <summary>Whatever the documentation points at is there.</summary>
public sealed partial class DocsTests
{
    private static readonly string[] Documents =
        [.. Checkout.FilesUnder("docs", "*.md"), .. new[] { "README.md", "CONTRIBUTING.md" }.Where(Checkout.Has), .. Checkout.FilesUnder("src", "README.md")];

    private static readonly Lazy<string> TestSources = new(() =>
        string.Join('\n', Checkout.FilesUnder("tests", "*.cs").Select(file => File.ReadAllText(Checkout.PathOf(file)))));

    [Fact]
    public void Every_relative_link_leads_somewhere() => Assert.Empty(Documents.SelectMany(file => DeadLinks(file, Read(file))));

    [Fact]
    public void Every_path_that_is_named_exists() => Assert.Empty(Documents.SelectMany(file => MissingPaths(Read(file)).Select(path => $"{file}: {path}")));

    [Fact]
    public void Every_filter_finds_tests() => Assert.Empty(Documents.SelectMany(file => EmptyFilters(Read(file)).Select(filter => $"{file}: {filter}")));

    [Fact]
    public void A_dead_link_a_missing_path_and_an_empty_filter_are_noticed()
    {
        Assert.Equal(["docs/x.md: nowhere.md"], DeadLinks("docs/x.md", "[a](nowhere.md) [b](README.md#part) [c](https://example.com) [d](#here)"));
        Assert.Equal(
            ["src/Pds.Domain/Nothing.cs"],
            MissingPaths("`src/Pds.Domain/Nothing.cs` `src/Pds.Domain/Syntax/Did.cs` `src/Pds.Application/<Lexicon>/<Method>.cs` `src/Pds.Application/Repo/GetThing.cs`"));
        Assert.Equal(
            ["NothingTests"],
            EmptyFilters("--filter FullyQualifiedName~NothingTests\n--filter \"FullyQualifiedName~DocsTests|FullyQualifiedName~Repo.<Method>Tests\""));
    }

    private static IEnumerable<string> DeadLinks(string file, string text) => Link.Matches(WithoutCode(text))
        .Select(match => match.Groups["to"].Value)
        .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#') && !to.StartsWith("mailto:", StringComparison.Ordinal))
        .Where(to => !Checkout.Has(Path.Combine(Path.GetDirectoryName(file)!, to.Split('#')[0])))
        .Select(to => $"{file}: {to}");

    private static IEnumerable<string> MissingPaths(string text) => PathSpan.Matches(text)
        .Select(match => match.Groups["path"].Value.TrimEnd('/'))
        .Where(path => !IsPlaceholder(path) && !Exists(path));

    private static IEnumerable<string> EmptyFilters(string text) => Filter.Matches(text)
        .SelectMany(match => match.Groups["filter"].Value.Split('|', '&'))
        .Select(filter => filter[(filter.LastIndexOfAny(['~', '=']) + 1)..])
        .Where(name => !IsPlaceholder(name) && !FindsTests(name));

    /// <summary>Whether the last part is in a class, method or namespace, and those before it are where that is.</summary>
    private static bool FindsTests(string name) => name.Split('.', StringSplitOptions.RemoveEmptyEntries).All(part =>
        Regex.IsMatch(TestSources.Value, $@"(class|namespace|Task|void) [\w.]*{Regex.Escape(part)}", RegexOptions.CultureInvariant));

    private static bool IsPlaceholder(string text) =>
        text.Contains('<', StringComparison.Ordinal) || text.Contains('…', StringComparison.Ordinal) || text.Contains("GetThing", StringComparison.Ordinal);

    private static bool Exists(string path) => path.Contains('*', StringComparison.Ordinal)
        ? Directory.Exists(Checkout.PathOf(Path.GetDirectoryName(path)!)) && Directory.EnumerateFileSystemEntries(Checkout.PathOf(Path.GetDirectoryName(path)!), Path.GetFileName(path)).Any()
        : Checkout.Has(path);

    private static string WithoutCode(string text) => Code.Replace(text, "");

    private static string Read(string file) => File.ReadAllText(Checkout.PathOf(file));

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"`(?<path>(src|tests|bench|docs|scripts)/[^`\s]*)`")]
    private static partial Regex PathSpan { get; }

    [GeneratedRegex(@"--filter ""?(?<filter>[^""`\s]+)")]
    private static partial Regex Filter { get; }

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code { get; }
}
