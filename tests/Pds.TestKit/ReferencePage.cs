using Xunit;

namespace Pds.TestKit;

/// <summary>Pages of docs/reference that are made from the code: tests hold them against it, or write them if <c>UPDATE_DOCS=1</c>.</summary>
public static class ReferencePage
{
    /// <param name="file">Its name.</param>
    /// <param name="page">What it must say.</param>
    public static void Holds(string file, string page)
    {
        var path = Path.Combine(Root(), "docs", "reference", file);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, page);

        Assert.Equal(page, File.ReadAllText(path), ignoreLineEndingDifferences: true);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pds.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests must run from a checkout");
        return folder.FullName;
    }
}
