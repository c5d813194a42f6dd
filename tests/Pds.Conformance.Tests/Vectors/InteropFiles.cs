using System.Reflection;
using System.Text.Json;
using Xunit.Sdk;

namespace Pds.Conformance.Tests.Vectors;

/// <summary>Finds the protocol's test vectors, which lie beside a checkout of this project, in <c>../shared/interop</c>, where they lie anywhere.</summary>
internal static class InteropFiles
{
    public static string? Root { get; } = Find("interop");

    /// <summary>The folder beside the checkout, or null where there is none; with <c>CI=true</c> it must be there.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Pds.sln"))) continue;
            var shared = Path.Combine(folder.FullName, "..", "shared", name);
            if (Directory.Exists(shared)) return Path.GetFullPath(shared);
        }

        return Environment.GetEnvironmentVariable("CI") == "true"
            ? throw new DirectoryNotFoundException($"CI needs ../shared/{name} beside the checkout")
            : null;
    }

    /// <summary>A file of the project itself.</summary>
    public static string InCheckout(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Pds.sln"))) return Path.Combine(folder.FullName, relative);
        throw new DirectoryNotFoundException("The tests run outside a checkout");
    }

    public static IEnumerable<string> Lines(string file) =>
        Root is null ? [] : File.ReadLines(Path.Combine(Root, file)).Where(line => line.Length > 0 && !line.StartsWith('#'));

    /// <summary>The elements of a JSON list, each as its JSON text.</summary>
    public static IEnumerable<string> Items(string file)
    {
        if (Root is null) return [];
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, file)));
        return [.. json.RootElement.EnumerateArray().Select(item => item.GetRawText())];
    }
}

/// <summary>One case a line of a vector file, after the built-in cases that run everywhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropLinesAttribute(string file, params string[] builtIn) : DataAttribute
{
    public string File => file;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        builtIn.Concat(InteropFiles.Lines(file)).Distinct().Select(line => new object[] { line });
}

/// <summary>One case an element of a JSON vector file, after the built-in cases (JSON texts) that run everywhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InteropItemsAttribute(string file, params string[] builtIn) : DataAttribute
{
    public string File => file;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        builtIn.Concat(InteropFiles.Items(file)).Select(item => new object[] { item });
}
