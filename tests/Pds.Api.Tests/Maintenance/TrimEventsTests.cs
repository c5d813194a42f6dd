using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Maintenance;
using Pds.Application.Ports;
using Pds.TestKit;

namespace Pds.Api.Tests.Maintenance;

public sealed class TrimEventsTests(TimedPdsFixture pds) : IClassFixture<TimedPdsFixture>
{
    [Fact]
    public async Task Forgets_what_no_cursor_reaches_but_for_the_newest_of_it()
    {
        await pds.SignUpAsync();
        var old = await ReadSeqsAsync();

        pds.Time.Advance(TimeSpan.FromHours(24.5)); // beyond the window, within the margin
        Assert.Equal(0, await pds.SendAsync(new TrimEvents()));

        pds.Time.Advance(TimeSpan.FromHours(1));
        var bob = await pds.SignUpAsync("bob");
        var all = await ReadSeqsAsync();
        Assert.Equal(old.Count - 1, await pds.SendAsync(new TrimEvents()));
        Assert.Equal([old[^1], .. all.Except(old)], await ReadSeqsAsync());

        await using var late = await FirehoseReader.OpenAsync(pds.Url, $"?cursor={old[0]}");
        var told = await late.NextAsync();
        Assert.Equal(("#info", "OutdatedCursor"), (told.Type, told.Body.Text("name")));
        var frames = await late.NextAsync(all.Count - old.Count, bob.Did.Value);
        Assert.Equal(all.Except(old), frames.Select(frame => frame.Seq));
    }

    private async Task<List<long>> ReadSeqsAsync()
    {
        await using var scope = pds.Services.CreateAsyncScope();
        var events = await scope.ServiceProvider.GetRequiredService<IEventLog>().ReadAsync(0, long.MaxValue, 1000, CancellationToken.None);
        return [.. events.Select(sequenced => sequenced.Seq)];
    }
}
