using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pds.TestKit;

namespace Pds.Api.Tests.Limits;

public sealed class ConnectionLimitsTests(ConnectionLimitsTests.Impatient pds) : IClassFixture<ConnectionLimitsTests.Impatient>
{
    private const int Most = 20;
    private const string Upload = "POST /xrpc/com.atproto.server.createSession HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    [Fact]
    public void A_connection_costs_little_however_slow_it_is()
    {
        var limits = pds.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((long?)Most, limits.MaxConcurrentConnections);
        Assert.Equal(TimeSpan.FromSeconds(15), limits.RequestHeadersTimeout);
        Assert.Equal(TimeSpan.FromSeconds(90), limits.KeepAliveTimeout);
        Assert.Equal(1024, limits.MinRequestBodyDataRate!.BytesPerSecond);
        Assert.Equal(1024, limits.MinResponseDataRate!.BytesPerSecond);
        Assert.Equal(16 * 1024, limits.MaxRequestHeadersTotalSize);
    }

    [Fact]
    public async Task A_body_that_trickles_in_is_not_waited_for()
    {
        using var connection = await RawConnection.OpenAsync(pds.Url);

        await connection.SendAsync($"{Upload}Content-Length: 100000\r\n\r\n{{");

        (await connection.ReadAnswerAsync()).Refused(408, "InvalidRequest");
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_those_within_it_go_on()
    {
        using var one = await RawConnection.OpenAsync(pds.Url);
        await AskAsync(one);
        var others = new List<RawConnection>();
        for (var i = 0; i < 2 * Most; i++) others.Add(await RawConnection.OpenAsync(pds.Url));

        var answered = 0;
        foreach (var other in others) answered += await IsAnsweredAsync(other) ? 1 : 0;

        Assert.InRange(answered, Most / 2, Most - 1); // those of earlier tests may not have been seen to go
        await AskAsync(one);
        others.ForEach(other => other.Dispose());
    }

    private static async Task AskAsync(RawConnection connection)
    {
        await connection.SendAsync("GET /xrpc/_health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        (await connection.ReadAnswerAsync()).Ok();
    }

    private static async Task<bool> IsAnsweredAsync(RawConnection connection)
    {
        try
        {
            await AskAsync(connection);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The usual limits with fewer connections and less grace, so that nothing takes long.</summary>
    public sealed class Impatient : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Connections:Max"] = $"{Most}" };

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.PostConfigure<KestrelServerOptions>(kestrel =>
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(kestrel.Limits.MinRequestBodyDataRate!.BytesPerSecond, TimeSpan.FromSeconds(1.5)));
    }
}
