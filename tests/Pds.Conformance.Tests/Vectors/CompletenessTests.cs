using System.Reflection;

namespace Pds.Conformance.Tests.Vectors;

/// <summary>No vector of the protocol goes unread.</summary>
public sealed class CompletenessTests
{
    /// <summary>Read otherwise than by an attribute.</summary>
    private static readonly string[] ReadByHand = ["mst/example_keys.txt"];

    /// <summary>What the lexicon vectors refer to; they read the whole folder.</summary>
    private const string Catalog = "lexicon/catalog/";

    [Fact]
    public void Every_file_is_read_by_some_test()
    {
        if (InteropFiles.Root is not { } root) return;

        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'));

        Assert.Empty(Unread(files));
    }

    [Fact]
    public void Every_file_that_a_test_names_is_there()
    {
        if (InteropFiles.Root is not { } root) return;

        Assert.All(Read(), file => Assert.True(File.Exists(Path.Combine(root, file)), file));
    }

    [Fact]
    public void A_file_that_nobody_reads_is_noticed() =>
        Assert.Equal(["syntax/new_syntax_valid.txt"], Unread(["syntax/did_syntax_valid.txt", "lexicon/catalog/x.json", "LICENSE-CC0", "syntax/new_syntax_valid.txt"]));

    private static IEnumerable<string> Unread(IEnumerable<string> files) => files
        .Where(file => !file.StartsWith(Catalog, StringComparison.Ordinal) && !file.StartsWith("LICENSE", StringComparison.Ordinal))
        .Except(Read());

    private static IEnumerable<string> Read() => typeof(CompletenessTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetCustomAttributes<InteropLinesAttribute>().Select(vectors => vectors.File)
            .Concat(method.GetCustomAttributes<InteropItemsAttribute>().Select(vectors => vectors.File)))
        .Concat(ReadByHand).Distinct();
}
