using System.Reflection;
using MediatR;

namespace Pds.Architecture.Tests;

/// <summary>Folders of Application whose files are methods: <c>Repo/</c> holds <c>com.atproto.repo.*</c>, <c>AppBsky/Actor/</c> holds <c>app.bsky.actor.*</c>.</summary>
internal static class LexiconFolder
{
    private const string Application = "src/Pds.Application";

    /// <summary>Folders that are named by what is in them and not by a lexicon.</summary>
    private static readonly string[] Others = ["Accounts", "Errors", "Mail", "Maintenance", "OAuth", "Options", "Pipeline", "Ports", "Proxying", "Sequencing", "Takeover"];

    /// <summary>Authorities that keep their name as a folder, with one folder for each lexicon below.</summary>
    private static readonly string[] Authorities = ["AppBsky", "ChatBsky", "LocalPds", "ToolsOzone"];

    /// <summary>Relative to Application: <c>Repo</c>, <c>Sync</c>, <c>Sync/Deprecated</c> …</summary>
    public static IEnumerable<string> All { get; } = [.. Find()];

    /// <summary>The files directly inside, relative to the root.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Checkout.PathOf($"{Application}/{folder}"), "*.cs").Select(file => $"{Application}/{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    /// <summary>Where a method's file may be, and the folder that its tests are in: <c>(Repo, CreateRecord)</c>.</summary>
    public static (string Folder, string Method) Of(string nsid)
    {
        var parts = nsid.Split('.');
        var lexicon = Pascal(parts[^2]);
        var folder = (parts[0], parts[1]) == ("com", "atproto") ? lexicon : $"{Pascal(parts[0])}{Pascal(parts[1])}/{lexicon}";
        return (folder, Pascal(parts[^1]));
    }

    /// <summary>The method's file, or null where there is none.</summary>
    public static string? FileOf(string nsid)
    {
        var (folder, method) = Of(nsid);
        return new[] { $"{Application}/{folder}/{method}.cs", $"{Application}/{folder}/Deprecated/{method}.cs" }.FirstOrDefault(Checkout.Has);
    }

    /// <summary>The requests that a file of this path should hold, by reflection: the type of its name, if it is one.</summary>
    public static string? FaultOf(string file, Assembly assembly)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var type = RequestOf(file, assembly);
        if (type is null) return $"{file} holds no type of its name";
        if (!typeof(IBaseRequest).IsAssignableFrom(type)) return $"{file} holds no request";

        var requests = File.ReadLines(Checkout.PathOf(file)).Count(line => line.StartsWith("public sealed record ", StringComparison.Ordinal));
        var others = File.ReadLines(Checkout.PathOf(file)).Any(line => IsTopLevel(line) && !line.Contains($"record {name}", StringComparison.Ordinal));
        if (requests != 1 || others) return $"{file} holds more than its request";
        return HandlerOf(type) is null ? $"{file} holds no handler of its request" : null;
    }

    /// <summary>The type that is named after a file, or null where there is none.</summary>
    public static Type? RequestOf(string file, Assembly assembly) =>
        assembly.GetType($"{Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.')}.{Path.GetFileNameWithoutExtension(file)}");

    private static Type? HandlerOf(Type request) => request.GetNestedTypes(BindingFlags.NonPublic).FirstOrDefault(nested =>
        nested.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && i.GenericTypeArguments[0] == request));

    private static bool IsTopLevel(string line) => line.Length > 0 && char.IsLetter(line[0])
        && (line.Contains(" class ", StringComparison.Ordinal) || line.Contains(" record ", StringComparison.Ordinal)
            || line.Contains(" interface ", StringComparison.Ordinal) || line.Contains(" enum ", StringComparison.Ordinal));

    private static IEnumerable<string> Find()
    {
        foreach (var folder in Names(Application).Except(Others))
        {
            if (!Authorities.Contains(folder)) yield return folder;
            foreach (var below in Names($"{Application}/{folder}"))
                if (below == "Deprecated" || Authorities.Contains(folder)) yield return $"{folder}/{below}";
        }
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateDirectories(Checkout.PathOf(folder)).Select(path => Path.GetFileName(path)).Where(name => name is not ("bin" or "obj"));

    private static string Pascal(string camel) => char.ToUpperInvariant(camel[0]) + camel[1..];
}
