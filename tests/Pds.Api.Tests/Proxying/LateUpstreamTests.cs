using System.Diagnostics;
using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>Services that keep their callers waiting.</summary>
public sealed class LateUpstreamTests(LateUpstreamTests.Impatient pds) : IClassFixture<LateUpstreamTests.Impatient>
{
    [Fact]
    public async Task A_service_that_does_not_answer_is_late_and_is_let_go()
    {
        (await pds.AskAsync("do=hang")).Refused(504, "UpstreamTimeout");

        await Eventually.IsTrueAsync(() => pds.AppView.Waiting == 0);
    }

    [Fact]
    public async Task Half_an_answer_never_looks_like_a_whole_one() => await Assert.ThrowsAnyAsync<HttpRequestException>(() => pds.AskAsync("do=stall"));

    [Fact]
    public async Task Slow_is_not_late() => (await pds.AskAsync("do=trickle")).IsFile("0123456789"); // longer in all than any pause may be

    [Fact]
    public async Task Two_hundred_calls_that_hang_are_in_nobodys_way()
    {
        var alice = await pds.SignUpAsync();
        await using var slow = await FakeUpstream.StartAsync();
        var hanging = Enumerable.Range(0, 200).Select(_ => alice.AskAsync(slow.Did, "do=hang")).ToList();
        await Eventually.IsTrueAsync(() => slow.Waiting > 0);
        var started = Stopwatch.GetTimestamp();

        (await alice.GetAsync("com.atproto.server.getSession")).Ok();
        (await alice.CreateRecordAsync(Records.Post("meanwhile"))).Ok();
        (await alice.GetAsync(FaultyCalls.Method)).Ok();

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.All(await Task.WhenAll(hanging), answer => answer.Refused(504, "UpstreamTimeout"));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("stall")]
    public async Task A_service_whose_answer_would_be_completed_is_late_by_the_same_name(string fault)
    {
        (await pds.AskForUnseenTimelineAsync(fault)).Refused(504, "UpstreamTimeout");

        await Eventually.IsTrueAsync(() => pds.AppView.Waiting == 0);
    }

    /// <summary>Waits for a second and a half, for the headers as for each piece of a body.</summary>
    public sealed class Impatient : ProxyingPds
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
        {
            ["Pds:Proxy:HeadersTimeout"] = "1500",
            ["Pds:Proxy:BodyTimeout"] = "1500",
        };
    }
}
