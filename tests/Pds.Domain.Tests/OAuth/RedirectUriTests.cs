using Pds.Domain.OAuth;

namespace Pds.Domain.Tests.OAuth;

public sealed class RedirectUriTests
{
    [Theory]
    [InlineData("https://app.example.com/callback")]
    [InlineData("https://app.example.com:8443/callback?a=b")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]:4321/callback")]
    [InlineData("com.example.app:/callback")]
    [InlineData("https://app.example.com/zurück?où=東京&🙂")]
    public void Reads_what_a_client_may_want_answers_sent_to(string text) => Assert.Equal(text, RedirectUri.Parse(text).Value);

    [Theory]
    [InlineData("callback")]
    [InlineData("//app.example.com/callback")]
    [InlineData("http://app.example.com/callback")]
    [InlineData("http://localhost/callback")]
    [InlineData("http://127.0.0.1.example.com/")]
    [InlineData("http://127.0.0.1@example.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://app/callback")]
    [InlineData("https://app.example.com/#part")]
    [InlineData("https://user:word@app.example.com/")]
    [InlineData("https://app.example.com/\r\nSet-Cookie: a=b")]
    [InlineData("https://app.example.com/ callback")]
    [InlineData("https://app.example.com/\u202ecallback")]
    [InlineData("https://app.example.com/\u2028callback")]
    [InlineData("https://app.example.com/\u00a0callback")]
    [InlineData("https://app.example.com/\ue000")]
    [InlineData("https://äpp.example.com/callback")]
    [InlineData("https://app.example.com\uff0f.evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("myapp:/callback")]
    [InlineData("com.example.app://callback")]
    [InlineData("com.example.app:callback")]
    public void Does_not_read_what_would_send_them_astray(string text) => Assert.False(RedirectUri.TryParse(text, out _));

    [Theory]
    [InlineData("https://app.example.com/callback", "https://app.example.com/callback", true)]
    [InlineData("https://app.example.com/callback", "https://app.example.com/callback/", false)]
    [InlineData("https://app.example.com/callback", "https://app.example.com/callback?a=b", false)]
    [InlineData("https://app.example.com/callback", "https://app.example.com:8443/callback", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:4321/callback", true)]
    [InlineData("http://127.0.0.1/callback", "http://[::1]:4321/callback", false)]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:4321/other", false)]
    [InlineData("http://127.0.0.1:1111/callback", "http://127.0.0.1:4321/callback", false)]
    public void A_client_asks_with_the_very_address_that_it_declared_but_for_a_loopback_port(string declared, string asked, bool isAllowed) =>
        Assert.Equal(isAllowed, RedirectUri.Parse(declared).Allows(RedirectUri.Parse(asked)));

    [Theory]
    [InlineData("https://app.example.com:8443/callback?a=b", "https://app.example.com:8443")]
    [InlineData("http://127.0.0.1:4321/callback", "http://127.0.0.1:4321")]
    [InlineData("http://[::1]:4321/callback", "http:")]
    [InlineData("com.example.app:/callback", "com.example.app:")]
    public void Is_named_in_a_policy_as_closely_as_policies_can(string address, string expected) => Assert.Equal(expected, RedirectUri.Parse(address).PolicySource);

    [Theory]
    [InlineData("https://app.example.com/callback", "https://app.example.com/callback?a%20b=c%26d")]
    [InlineData("https://app.example.com/callback?x=y", "https://app.example.com/callback?x=y&a%20b=c%26d")]
    [InlineData("https://app.example.com/callback?", "https://app.example.com/callback?a%20b=c%26d")]
    [InlineData("com.example.app:/callback", "com.example.app:/callback?a%20b=c%26d")]
    [InlineData("https://app.example.com/zur%C3%BCck/ü?🙂", "https://app.example.com/zur%C3%BCck/%C3%BC?%F0%9F%99%82&a%20b=c%26d")]
    public void Adds_to_the_query_that_is_there(string address, string expected) =>
        Assert.Equal(expected, RedirectUri.Parse(address).WithQuery([KeyValuePair.Create("a b", "c&d")]));
}
