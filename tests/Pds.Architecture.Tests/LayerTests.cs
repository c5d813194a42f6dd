using System.Reflection;

namespace Pds.Architecture.Tests;

public sealed class LayerTests
{
    private static readonly string[] Platform = ["System", "netstandard", "mscorlib", "Microsoft.Win32"];

    [Fact]
    public void Domain_references_the_platform_alone() => Assert.Empty(BeyondAllowed(Layers.Domain, Platform));

    [Fact]
    public void Application_knows_neither_databases_nor_HTTP() => Assert.Empty(
        BeyondAllowed(Layers.Application, [.. Platform, "Pds.Domain", "MediatR", "FluentValidation", "Scrutor", "Microsoft.Extensions"]));

    [Fact]
    public void Infrastructure_knows_neither_the_Api_nor_MediatR() =>
        Assert.DoesNotContain(References(Layers.Infrastructure), name => name is "Pds.Api" or "MediatR" or "Pds.TestKit");

    [Fact]
    public void The_comparison_notices_a_reference_that_is_not_allowed()
    {
        Assert.Contains("Pds.Infrastructure", BeyondAllowed(Layers.Api, Platform));
        Assert.Contains("Pds.Domain", BeyondAllowed(Layers.Application, Platform));
    }

    [Fact]
    public void Domain_and_the_sequencer_are_free_of_MediatR_databases_and_HTTP() =>
        Assert.Empty(Mentions([.. Checkout.FilesUnder("src/Pds.Domain", "*.cs"), .. Checkout.FilesUnder("src/Pds.Application/Sequencing", "*.cs")]));

    [Fact]
    public void The_search_notices_a_file_that_uses_MediatR() => Assert.NotEmpty(Mentions(["src/Pds.Application/Sync/SubscribeRepos.cs"]));

    private static IEnumerable<string> Mentions(IReadOnlyList<string> files)
    {
        Assert.NotEmpty(files);
        return files.Where(file => File.ReadLines(Checkout.PathOf(file)).Any(line =>
            line.StartsWith("using MediatR", StringComparison.Ordinal)
            || line.StartsWith("using Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || line.StartsWith("using Microsoft.AspNetCore", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> BeyondAllowed(Assembly layer, string[] allowed) => References(layer).Where(name =>
        !Array.Exists(allowed, prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal)));

    private static IEnumerable<string> References(Assembly layer) => layer.GetReferencedAssemblies().Select(reference => reference.Name!);
}
