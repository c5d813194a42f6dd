using MediatR;
using Pds.Application.Ports;
using Pds.Application.Proxying;

namespace Pds.Conformance.Tests.Shapes;

/// <summary>A method that this server has: its name follows from where its request is (the architecture tests see to that).</summary>
internal sealed record ServedMethod(string Nsid, Type Request, Type Output)
{
    private const string Prefix = "Pds.Application.";

    private static readonly string[] NoLexicons = ["Maintenance", "Accounts.Devices", "Accounts.Factors", "Identity.Updating", "OAuth", "OAuth.Authorizing", "OAuth.Consent", "OAuth.Grants", "Proxying"];

    public static IReadOnlyDictionary<string, ServedMethod> All { get; } = typeof(Application.DependencyInjection).Assembly.GetTypes()
        .Where(type => type is { IsNested: false, IsClass: true } && typeof(IBaseRequest).IsAssignableFrom(type) && !NoLexicons.Contains(type.Namespace![Prefix.Length..]))
        .Select(type => new ServedMethod(NsidOf(type), type, OutputOf(type)))
        .ToDictionary(method => method.Nsid);

    private static string NsidOf(Type request)
    {
        var folders = request.Namespace![Prefix.Length..].Split('.').Where(folder => folder != "Deprecated").ToArray();
        var authority = folders.Length == 1 ? "com.atproto" : string.Concat(folders[0].Select((c, i) => i > 0 && char.IsUpper(c) ? $".{c}" : $"{c}"));
        return $"{authority.ToLowerInvariant()}.{Camel(folders[^1])}.{Camel(request.Name)}";
    }

    /// <summary>Whether another service always answers: what it says is not this server's to shape.</summary>
    public bool IsPassedOn => Output == typeof(UpstreamAnswer);

    private static Type OutputOf(Type request)
    {
        var output = request.GetInterfaces().First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)).GenericTypeArguments[0];
        return output.IsGenericType && output.GetGenericTypeDefinition() == typeof(Proxied<>) ? output.GenericTypeArguments[0] : output;
    }

    private static string Camel(string pascal) => char.ToLowerInvariant(pascal[0]) + pascal[1..];
}
