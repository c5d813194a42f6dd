using System.Text.RegularExpressions;
using Pds.Conformance.Tests.Vectors;

namespace Pds.Conformance.Tests.Shapes;

/// <summary>Each method of com.atproto is served, or the documentation says why not.</summary>
public sealed partial class RouteCoverageTests
{
    private const string Document = "docs/reference/not-implemented.md";

    [Fact]
    public void Every_method_is_served_or_excused()
    {
        if (!PublishedLexicons.ArePresent) return;

        Assert.Empty(PublishedLexicons.Methods.Except(ServedMethod.All.Keys).Except(Excused().Keys));
    }

    [Fact]
    public void No_method_is_both_served_and_excused() => Assert.Empty(Excused().Keys.Intersect(ServedMethod.All.Keys));

    [Fact]
    public void Every_excuse_is_for_a_method_that_exists_and_says_why()
    {
        Assert.NotEmpty(Excused());
        Assert.DoesNotContain(Excused(), excuse => string.IsNullOrWhiteSpace(excuse.Value));
        if (PublishedLexicons.ArePresent) Assert.Empty(Excused().Keys.Except(PublishedLexicons.Methods));
    }

    [Fact]
    public void Every_method_that_is_served_is_a_published_one()
    {
        Assert.Contains("com.atproto.repo.createRecord", ServedMethod.All.Keys);
        Assert.Contains("com.atproto.sync.getHead", ServedMethod.All.Keys); // from its sub-folder
        if (PublishedLexicons.ArePresent) Assert.Empty(ServedMethod.All.Keys.Where(nsid => nsid.StartsWith("com.atproto.", StringComparison.Ordinal)).Except(PublishedLexicons.Methods));
    }

    [Fact]
    public void Every_method_of_our_own_has_its_document_and_every_document_its_method() => Assert.Equal(
        PublishedLexicons.OwnMethods.Order(StringComparer.Ordinal),
        ServedMethod.All.Keys.Where(nsid => nsid.StartsWith("local.pds.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Excused() => Excuse.Matches(File.ReadAllText(InteropFiles.InCheckout(Document)))
        .ToDictionary(match => match.Groups["nsid"].Value, match => match.Groups["why"].Value.Trim());

    [GeneratedRegex(@"^\| `(?<nsid>com\.atproto\.[a-zA-Z.]+)` \|(?<why>[^|\n]*)\|", RegexOptions.Multiline)]
    private static partial Regex Excuse { get; }
}
