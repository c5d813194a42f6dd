using Pds.Domain.OAuth;

namespace Pds.Domain.Tests.OAuth;

public sealed class ClientIdTests
{
    [Theory]
    [InlineData("https://app.example.com/client-metadata.json")]
    [InlineData("https://app.example.com/a/b?c=d")]
    [InlineData("https://app.example.com:8443/client-metadata.json")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost/")]
    [InlineData("http://localhost?scope=atproto&redirect_uri=http%3A%2F%2F127.0.0.1%2F")]
    [InlineData("http://localhost/?scope=atproto")]
    public void Reads_what_a_client_may_be_called(string text) => Assert.Equal(text, ClientId.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("http://app.example.com/client.json")]
    [InlineData("https://app.example.com")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com/folder/")]
    [InlineData("https://example/client.json")]
    [InlineData("https://192.0.2.1/client.json")]
    [InlineData("https://[2001:db8::1]/client.json")]
    [InlineData("https://app.example.com./client.json")]
    [InlineData("https://user@app.example.com/client.json")]
    [InlineData("https://app.example.com/client.json#part")]
    [InlineData("https://app.example.com/a/../client.json")]
    [InlineData("https://app.example.com/./client.json")]
    [InlineData("https://APP.example.com/client.json")]
    [InlineData("https://app.example.com:443/client.json")]
    [InlineData("https://app.example.com/client.json ")]
    [InlineData("https://app.example.com/client.json\n")]
    [InlineData("https://äpp.example.com/client.json")]
    [InlineData("http://localhost:3000")]
    [InlineData("http://localhost/path")]
    [InlineData("http://localhost#part")]
    [InlineData("http://localhost.example.com/client.json")]
    [InlineData("http://127.0.0.1/")]
    public void Does_not_read_what_could_be_read_in_two_ways_or_is_nobody_s(string text) => Assert.False(ClientId.TryParse(text, out _));
}
