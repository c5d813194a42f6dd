namespace Pds.Api.Tests.Configuration;

public sealed class SettingsReferenceTests
{
    /// <summary>Run with <c>UPDATE_DOCS=1</c> to write the page instead.</summary>
    [Fact]
    public void The_reference_says_what_the_table_says()
    {
        var path = Path.Combine(Root(), "docs", "reference", "configuration.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(path, SettingsReference.Write());

        Assert.Equal(SettingsReference.Write(), File.ReadAllText(path), ignoreLineEndingDifferences: true);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pds.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests must run from a checkout");
        return folder.FullName;
    }
}
