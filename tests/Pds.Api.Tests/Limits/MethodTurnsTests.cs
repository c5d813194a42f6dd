using System.Net;
using Pds.Api.Limits;
using Pds.Application.Errors;

namespace Pds.Api.Tests.Limits;

public sealed class MethodTurnsTests : IDisposable
{
    private static readonly IPAddress Alice = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Bob = IPAddress.Parse("192.0.2.2");

    private readonly MethodTurns _turns = new(new AtOnce("tests", ForAddress: 2, WaitingForAddress: 1, InAll: 3, WaitingInAll: 1));

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task An_address_waits_for_itself_and_not_for_others()
    {
        using var one = await EnterAsync(Alice);
        using var two = await EnterAsync(Alice);

        var third = EnterAsync(Alice).AsTask();
        using var bobs = await EnterAsync(Bob);

        Assert.False(third.IsCompleted);
        one.Dispose();
        bobs.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Whoever_would_be_one_too_many_in_the_queue_is_told_to_come_back()
    {
        using var one = await EnterAsync(Alice);
        using var two = await EnterAsync(Alice);
        var waiting = EnterAsync(Alice).AsTask();

        var refusal = await Assert.ThrowsAsync<XrpcException>(async () => await EnterAsync(Alice));

        Assert.Equal(("NotEnoughResources", TimeSpan.FromSeconds(2)), (refusal.Name, refusal.RetryAfter));
        one.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task All_together_are_bounded_too()
    {
        using var one = await EnterAsync(Alice);
        using var two = await EnterAsync(Alice);
        using var three = await EnterAsync(Bob);
        var fourth = EnterAsync(Bob).AsTask();

        await Assert.ThrowsAsync<XrpcException>(async () => await EnterAsync(IPAddress.Parse("192.0.2.3")));

        one.Dispose();
        (await fourth).Dispose();
    }

    [Fact]
    public async Task Whoever_is_refused_or_goes_away_leaves_nothing_behind()
    {
        using var one = await EnterAsync(Alice);
        using var two = await EnterAsync(Alice);
        using var gone = new CancellationTokenSource();
        var waiting = _turns.EnterAsync(Alice, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        one.Dispose();
        two.Dispose();

        for (var i = 0; i < 10; i++) (await EnterAsync(Alice)).Dispose();
        using var again = await EnterAsync(Alice);
        using var andAgain = await EnterAsync(Alice);
        Assert.False(EnterAsync(Alice).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Addresses_that_many_may_share_have_no_share()
    {
        using var one = await EnterAsync(IPAddress.Loopback);
        using var two = await EnterAsync(IPAddress.Loopback);
        using var three = await EnterAsync(IPAddress.Loopback);
    }

    private ValueTask<IDisposable> EnterAsync(IPAddress address) => _turns.EnterAsync(address, CancellationToken.None);
}
