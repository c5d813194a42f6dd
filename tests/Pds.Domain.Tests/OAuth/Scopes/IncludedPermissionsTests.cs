using System.Text;
using Pds.Domain.Lexicon;
using Pds.Domain.Lexicon.Schemas;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Domain.Tests.OAuth.Scopes;

/// <summary>What permission sets grant: less than they say, where they say more than they may.</summary>
public sealed class IncludedPermissionsTests
{
    private const string Service = "did:web:api.example.com%23svc";

    [Theory]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.post"]}""", "repo:app.example.feed.post")]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.b","app.example.feed.a.deep"],"action":["delete"]}""", "repo?collection=app.example.feed.a.deep&collection=app.example.feed.b&action=delete")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"aud":"*"}""", "rpc:app.example.feed.get?aud=*")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"aud":"*","inheritAud":false}""", "rpc:app.example.feed.get?aud=*")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"inheritAud":true}""", "rpc:app.example.feed.get?aud=" + Service)]
    public void A_permission_is_granted(string permission, string scope) => Assert.Equal([scope], Expand($"include:app.example.feed.authFull?aud={Service}", permission));

    [Theory]
    [InlineData("""{"resource":"repo","collection":["app.example.post"]}""")] // the parent's
    [InlineData("""{"resource":"repo","collection":["app.example.actor.profile"]}""")] // a sibling's
    [InlineData("""{"resource":"repo","collection":["app.example.feedback.post"]}""")] // looks like it
    [InlineData("""{"resource":"repo","collection":["app.example.feed.post","app.example.actor.profile"]}""")]
    [InlineData("""{"resource":"repo","collection":["*"]}""")]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.*"]}""")]
    [InlineData("""{"resource":"repo","collection":"app.example.feed.post"}""")]
    [InlineData("""{"resource":"repo","collection":[]}""")]
    [InlineData("""{"resource":"repo","collection":[1]}""")]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.post"],"action":[]}""")]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.post"],"action":["create","publish"]}""")]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.post"],"action":"create"}""")]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.post"],"rkey":["self"]}""")]
    [InlineData("""{"resource":"repo","collection":["app.example.feed.post"],"weight":1.5}""")]
    [InlineData("""{"resource":"repo"}""")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"]}""")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"aud":"did:web:api.example.com#svc"}""")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"aud":["*"]}""")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"aud":"*","inheritAud":true}""")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"inheritAud":"true"}""")]
    [InlineData("""{"resource":"rpc","lxm":["app.example.feed.get"],"inheritAud":false}""")]
    [InlineData("""{"resource":"rpc","lxm":["*"],"inheritAud":true}""")]
    [InlineData("""{"resource":"rpc","lxm":["app.bsky.feed.getFeed"],"inheritAud":true}""")]
    [InlineData("""{"resource":"blob","accept":["*/*"]}""")]
    [InlineData("""{"resource":"account","attr":"email"}""")]
    [InlineData("""{"resource":"identity","attr":"*"}""")]
    [InlineData("""{"resource":"include","nsid":"app.example.feed.other"}""")]
    [InlineData("""{"resource":"future","collection":["app.example.feed.post"]}""")]
    public void A_permission_that_a_set_may_not_give_or_that_is_not_understood_is_not_granted(string permission) =>
        Assert.Empty(Expand($"include:app.example.feed.authFull?aud={Service}", permission));

    [Fact]
    public void A_call_inherits_no_service_from_an_app_that_names_none() =>
        Assert.Empty(Expand("include:app.example.feed.authFull", """{"resource":"rpc","lxm":["app.example.feed.get"],"inheritAud":true}"""));

    [Fact]
    public void A_set_further_up_reaches_further_down() => Assert.Equal(
        ["repo:app.example.actor.profile", "repo:app.example.post"],
        Expand("include:app.example.authFull", """{"resource":"repo","collection":["app.example.actor.profile"]},{"resource":"repo","collection":["app.example.post"]}"""));

    [Fact]
    public void What_a_set_grants_takes_its_place_among_the_other_scopes()
    {
        var set = Read("app.example.authFull", """{"resource":"repo","collection":["app.example.post"]}""");
        var asked = ScopeSet.Parse("atproto include:app.example.authFull blob?accept=*/*");

        var given = asked.Expand(include => include.Expand(set));

        Assert.Equal("atproto repo:app.example.post blob?accept=*/*", given.ToString());
        Assert.Empty(given.Includes);
    }

    private static IEnumerable<string> Expand(string include, string permissions)
    {
        Assert.True(Scope.TryParse(include, out var scope));
        var named = Assert.IsType<IncludeScope>(scope);
        return named.Expand(Read(named.Set.Value, permissions)).Select(granted => granted.Text);
    }

    private static PermissionSetSchema Read(string name, string permissions)
    {
        var typed = permissions.Replace("{\"resource\"", "{\"type\":\"permission\",\"resource\"", StringComparison.Ordinal);
        var json = $$$$"""{"lexicon":1,"id":"{{{{name}}}}","defs":{"main":{"type":"permission-set","title":"T","detail":"D","permissions":[{{{{typed}}}}]}}}""";
        return Assert.IsType<PermissionSetSchema>(LexiconDocument.Parse(Encoding.UTF8.GetBytes(json)).Definitions[name]);
    }
}
