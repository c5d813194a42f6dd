using Pds.TestKit;

namespace Pds.Api.Tests.Pages;

public sealed class IndexTests(IndexTests.WithBadName pds) : IClassFixture<IndexTests.WithBadName>
{
    [Fact]
    public async Task Escapes_what_the_operator_called_it()
    {
        using var browser = pds.NewBrowser();

        var page = (await browser.OpenAsync("/")).Ok();

        Assert.Equal("<script>alert(\"1\")</script> & co is a Personal Data Server", page.Title);
        Assert.DoesNotContain("<script>", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"onclick=", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_where_it_is_and_what_names_it_gives()
    {
        using var browser = pds.NewBrowser();

        var page = (await browser.OpenAsync("/")).Ok();

        Assert.Contains($"<code>{pds.Url}</code>", page.Html, StringComparison.Ordinal);
        Assert.Contains("<code>you.test</code>", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitors_may_ask_by_HEAD()
    {
        var answer = await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));

        Assert.Equal((200, 0), ((int)answer.Status, answer.Body.Length));
    }

    public sealed class WithBadName : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Service:Name"] = "<script>alert(\"1\")</script> & co",
            ["Pds:Service:ContactEmail"] = "operator@example.com\"onclick=\"alert(1)",
        };
    }
}
