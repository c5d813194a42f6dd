namespace Pds.TestKit;

/// <summary>The working copy that the tests run from.</summary>
public static class Checkout
{
    /// <summary>A file or folder of it, by its path from the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pds.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests must run from a checkout");
        return folder.FullName;
    }
}
