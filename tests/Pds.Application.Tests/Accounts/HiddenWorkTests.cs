using Microsoft.Extensions.Logging.Abstractions;
using Pds.Application.Accounts;
using Pds.Application.Errors;

namespace Pds.Application.Tests.Accounts;

public sealed class HiddenWorkTests
{
    private readonly InstantTime _time = new();
    private readonly HiddenWork _hidden;

    public HiddenWorkTests() => _hidden = new HiddenWork(_time, NullLogger<HiddenWork>.Instance);

    [Fact]
    public async Task Work_and_no_work_take_the_least_time_to_the_tick()
    {
        Assert.Equal(HiddenWork.Least, await RunAsync(null));
        Assert.Equal(HiddenWork.Least, await RunAsync(Taking(TimeSpan.FromMilliseconds(20))));
        Assert.Equal(HiddenWork.Least, await RunAsync(null));
    }

    [Fact]
    public async Task Where_work_is_slow_no_work_takes_as_long_as_some_that_was_done()
    {
        TimeSpan[] durations = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)];
        foreach (var duration in durations) Assert.Equal(duration, await RunAsync(Taking(duration)));

        var waits = new HashSet<TimeSpan>();
        for (var i = 0; i < 200; i++) waits.Add(await RunAsync(null));

        Assert.Equal(durations, waits.Order());
    }

    [Fact]
    public async Task What_was_slow_once_is_forgotten()
    {
        await RunAsync(Taking(TimeSpan.FromSeconds(9)));
        for (var i = 0; i < 32; i++) await RunAsync(Taking(TimeSpan.FromSeconds(1)));

        for (var i = 0; i < 100; i++) Assert.Equal(TimeSpan.FromSeconds(1), await RunAsync(null));
    }

    [Fact]
    public async Task A_refusal_looks_like_success()
    {
        Task Refuse() => throw XrpcException.UpstreamFailure("The mail server cannot be reached");

        Assert.Equal(HiddenWork.Least, await RunAsync(Refuse));
    }

    [Fact]
    public Task A_fault_of_the_server_does_not() =>
        Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(() => throw new InvalidOperationException("A bug")));

    private Func<Task> Taking(TimeSpan duration) => () =>
    {
        _time.Advance(duration);
        return Task.CompletedTask;
    };

    private async Task<TimeSpan> RunAsync(Func<Task>? work)
    {
        var started = _time.Now;
        await _hidden.RunAsync(work, CancellationToken.None);
        return _time.Now - started;
    }
}
