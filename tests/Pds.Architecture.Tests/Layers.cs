using System.Reflection;
using System.Runtime.CompilerServices;
using Pds.Api;

namespace Pds.Architecture.Tests;

/// <summary>The four assemblies and their types.</summary>
internal static class Layers
{
    public static Assembly Domain { get; } = typeof(Pds.Domain.Syntax.Did).Assembly;

    public static Assembly Application { get; } = typeof(Pds.Application.DependencyInjection).Assembly;

    public static Assembly Infrastructure { get; } = typeof(Pds.Infrastructure.DependencyInjection).Assembly;

    public static Assembly Api { get; } = typeof(PdsServer).Assembly;

    /// <summary>Every type that somebody wrote.</summary>
    public static IEnumerable<Type> Types { get; } = [.. new[] { Domain, Application, Infrastructure, Api }.SelectMany(Written)];

    public static IEnumerable<Type> Written(Assembly assembly) => assembly.GetTypes().Where(type =>
        type.Namespace?.StartsWith("Pds", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal)
        && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) != true);
}
