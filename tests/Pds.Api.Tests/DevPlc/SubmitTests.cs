using Pds.TestKit;

namespace Pds.Api.Tests.DevPlc;

/// <summary>Posting to the embedded directory.</summary>
public sealed class SubmitTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Theory]
    [InlineData(0, 400)]
    [InlineData(2, 400)]
    [InlineData(16 * 1024, 400)]
    [InlineData((16 * 1024) + 1, 413)]
    [InlineData(300 * 1024, 413)]
    public async Task A_refusal_is_an_answer_and_leaves_the_connection_usable(int length, int status)
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"POST /plc/did:plc:ewvi7nxzyoun6zhxrhs64oiz HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
        await connection.SendAsync(new byte[length]);
        var refusal = await connection.ReadAnswerAsync();
        await connection.SendAsync("GET /xrpc/_health HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Equal(status, (int)refusal.Status);
        Assert.NotEmpty(refusal.Message!);
        (await connection.ReadAnswerAsync()).Ok();
    }
}
