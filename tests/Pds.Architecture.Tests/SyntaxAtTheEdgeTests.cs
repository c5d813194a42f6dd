using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pds.Architecture.Tests;

/// <summary>Text is parsed once, at the edge: inside there are DIDs and CIDs, not strings that are called so.</summary>
public sealed class SyntaxAtTheEdgeTests
{
    private static readonly string[] Names = ["did", "cid", "handle", "uri", "rkey", "nsid"];

    /// <summary>The edge itself.</summary>
    private static readonly string[] Edge =
    [
        "Pds.Api.Xrpc.XrpcRoutes", // the NSIDs of the route tables are literals, and become paths
        "Pds.Api.Xrpc.XrpcParams`1", // the same, for messages
        "Pds.Api.DevPlc.DevPlcRoutes", // what somebody wrote into the path; it answers for nonsense too
    ];

    [Fact]
    public void No_text_is_called_by_the_name_of_a_syntax_type() => Assert.Empty(Layers.Types
        .Where(type => type.Namespace != "Pds.Domain.Syntax" && !Edge.Contains(type.FullName))
        .SelectMany(Faults));

    [Fact]
    public void A_text_that_is_called_so_is_noticed() => Assert.Equal(
        ["Sample.Did", "Sample..ctor(did)", "Sample.Find(rkey)", "Sample.Find(uri)"], Faults(typeof(Sample)).Order(StringComparer.Ordinal).OrderBy(fault => fault.Contains('(', StringComparison.Ordinal)));

    [Fact]
    public void The_edge_is_there() => Assert.All(Edge, name => Assert.NotNull(Layers.Api.GetType(name)));

    private static IEnumerable<string> Faults(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)).Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)));
        return type.GetProperties(Own).Where(property => IsFault(property.Name, property.PropertyType)).Select(property => $"{type.Name}.{property.Name}")
            .Concat(methods.SelectMany(method => method.GetParameters().Where(parameter => IsFault(parameter.Name, parameter.ParameterType))
                .Select(parameter => $"{type.Name}.{method.Name}({parameter.Name})")));
    }

    private static bool IsFault(string? name, Type type) => Names.Contains(name?.ToLowerInvariant()) && (type == typeof(string) || type == typeof(object));

    private sealed class Sample(string did)
    {
        public string Did => did;

        public static string Find(string uri, object rkey, int handle) => $"{uri}{rkey}{handle}";
    }
}
