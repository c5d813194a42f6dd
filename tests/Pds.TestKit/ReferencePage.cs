using Xunit;

namespace Pds.TestKit;

/// <summary>Pages of docs/reference that are made from the code: tests hold them against it, or write them if <c>UPDATE_DOCS=1</c>.</summary>
public static class ReferencePage
{
    /// <param name="file">Its name.</param>
    /// <param name="page">What it must say.</param>
    public static void Holds(string file, string page)
    {
        var path = Checkout.PathOf("docs", "reference", file);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, page);

        Assert.Equal(page, File.ReadAllText(path), ignoreLineEndingDifferences: true);
    }
}
