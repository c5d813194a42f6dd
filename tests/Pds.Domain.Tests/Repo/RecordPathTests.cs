using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Repo.Mst;

namespace Pds.Domain.Tests.Repo;

public sealed class RecordPathTests
{
    [Theory]
    [InlineData("app.bsky.feed.post/3jzfcijpj2z2a")]
    [InlineData("app.bsky.actor.profile/self")]
    [InlineData("com.example.a/~1.2-3_:")]
    public void Is_its_key_and_its_text(string text)
    {
        var path = RecordPath.Parse(text);

        Assert.Equal(text, path.ToString());
        Assert.Equal(MstKey.Parse(text), path.Key);
        Assert.Equal(path, RecordPath.Of(path.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("app.bsky.feed.post")]
    [InlineData("app.bsky.feed.post/")]
    [InlineData("/self")]
    [InlineData("app.bsky.feed.post/a/b")]
    [InlineData("app.bsky.feed.post/..")]
    [InlineData("post/self")]
    public void Refuses_what_is_not_a_collection_and_a_record_key(string text) => Assert.Throws<FormatException>(() => RecordPath.Parse(text));

    [Fact]
    public void A_key_that_is_no_path_is_refused_as_one() => Assert.Throws<FormatException>(() => RecordPath.Of(MstKey.Parse("A0/374913")));

    [Fact]
    public void A_nested_collection_sorts_before_the_one_it_extends() =>
        Assert.True(MstKey.Parse("com.example.a.b/x") < MstKey.Parse("com.example.a/x"));
}
