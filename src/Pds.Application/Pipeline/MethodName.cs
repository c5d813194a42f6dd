using Pds.Domain.Syntax;

namespace Pds.Application.Pipeline;

/// <summary>A method's name in the protocol, which follows from where its request is: <c>Admin/SendEmail</c> is <c>com.atproto.admin.sendEmail</c>.</summary>
internal static class MethodName
{
    private const string Root = "Pds.Application.";

    public static Nsid Of(Type request)
    {
        var folders = request.Namespace![Root.Length..].Split('.').Where(folder => folder != "Deprecated").ToArray();
        var authority = folders.Length == 1 ? "com.atproto" : Authority(folders[0]);
        return Nsid.Parse($"{authority}.{Camel(folders[^1])}.{Camel(request.Name)}");
    }

    /// <summary><c>AppBsky</c> is <c>app.bsky</c>.</summary>
    private static string Authority(string folder) =>
        string.Concat(folder.Select((c, i) => i > 0 && char.IsUpper(c) ? $".{c}" : $"{c}")).ToLowerInvariant();

    private static string Camel(string pascal) => char.ToLowerInvariant(pascal[0]) + pascal[1..];
}
