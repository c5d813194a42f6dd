using Pds.Application.Pipeline;

namespace Pds.Architecture.Tests;

/// <summary>One guess in every direction: a method's name tells where its file, its route and its tests are.</summary>
public sealed class MethodTests
{
    [Fact]
    public void A_file_directly_inside_a_lexicon_folder_is_exactly_one_method_named_after_it()
    {
        var files = LexiconFolder.All.SelectMany(LexiconFolder.Files).ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files.Select(file => LexiconFolder.FaultOf(file, Layers.Application)), fault => fault is not null);
    }

    [Theory]
    [InlineData("src/Pds.Application/Repo/Writing/RepoWriter.cs")]
    [InlineData("src/Pds.Application/Accounts/Sessions.cs")]
    [InlineData("src/Pds.Application/Repo/Nothing.cs")]
    public void A_file_that_is_no_method_is_noticed(string file) => Assert.NotNull(LexiconFolder.FaultOf(file, Layers.Application));

    [Fact]
    public async Task Every_route_has_its_file_and_every_file_its_route()
    {
        var routes = await MappedRoutes.NsidsAsync();

        Assert.NotEmpty(routes);
        Assert.DoesNotContain(routes, nsid => LexiconFolder.FileOf(nsid) is null);
        Assert.Empty(LexiconFolder.All.SelectMany(LexiconFolder.Files).Except(routes.Select(nsid => LexiconFolder.FileOf(nsid)!)));
    }

    [Fact]
    public async Task Every_request_knows_the_name_of_its_route() => Assert.All(await MappedRoutes.NsidsAsync(), nsid =>
        Assert.Equal(nsid, MethodName.Of(LexiconFolder.RequestOf(LexiconFolder.FileOf(nsid)!, Layers.Application)!).Value));

    [Fact]
    public void A_route_without_a_file_is_noticed()
    {
        Assert.Null(LexiconFolder.FileOf("com.atproto.repo.doNothing"));
        Assert.Null(LexiconFolder.FileOf("app.bsky.repo.createRecord"));
        Assert.NotNull(LexiconFolder.FileOf("com.atproto.repo.createRecord"));
    }

    [Fact]
    public async Task Every_route_has_tests_at_the_same_place() =>
        Assert.DoesNotContain((await MappedRoutes.NsidsAsync()).Select(TestsOf), file => !Checkout.Has(file));

    [Fact]
    public void A_route_without_tests_is_noticed()
    {
        Assert.False(Checkout.Has(TestsOf("com.atproto.repo.doNothing")));
        Assert.True(Checkout.Has(TestsOf("com.atproto.repo.createRecord")));
    }

    private static string TestsOf(string nsid)
    {
        var (folder, method) = LexiconFolder.Of(nsid);
        var isDeprecated = LexiconFolder.FileOf(nsid)?.Contains("/Deprecated/", StringComparison.Ordinal) == true;
        return $"tests/Pds.Api.Tests/{folder}/{(isDeprecated ? "Deprecated/" : "")}{method}Tests.cs";
    }
}
