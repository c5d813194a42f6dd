using Pds.Application.Errors;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;

namespace Pds.Infrastructure.Tests.Identity;

public sealed class BoundedIdentityResolverTests : IDisposable
{
    private static readonly Did Plc = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");

    private readonly TaskCompletionSource<DidDocument?> _answer = new();
    private readonly FakeResolver _network = new();
    private readonly BoundedIdentityResolver _resolver;

    public BoundedIdentityResolverTests()
    {
        _network.Document = () => _answer.Task;
        _resolver = new BoundedIdentityResolver(_network);
    }

    public void Dispose() => _resolver.Dispose();

    [Fact]
    public async Task Asks_so_many_at_once_and_the_rest_in_their_turn()
    {
        var lookUps = Ask(BoundedIdentityResolver.MaxAtOnce + BoundedIdentityResolver.MaxWaiting);
        Assert.Equal(BoundedIdentityResolver.MaxAtOnce, _network.Asked);

        _answer.SetResult(null);
        await Task.WhenAll(lookUps);

        Assert.Equal(lookUps.Count, _network.Asked);
    }

    [Fact]
    public async Task Refuses_whoever_would_wait_longer_still()
    {
        var lookUps = Ask(BoundedIdentityResolver.MaxAtOnce + BoundedIdentityResolver.MaxWaiting);

        var byDid = await Assert.ThrowsAsync<XrpcException>(() => _resolver.RefreshDidAsync(Did.Parse("did:web:one.more.test"), default));
        var byHandle = await Assert.ThrowsAsync<XrpcException>(() => _resolver.ResolveHandleAsync(Handle.Parse("one.more.test"), default));

        Assert.All([byDid, byHandle], refusal => Assert.Equal((XrpcErrorKind.NotEnoughResources, TimeSpan.FromSeconds(5)), (refusal.Kind, refusal.RetryAfter)));
        _answer.SetResult(null);
        await Task.WhenAll(lookUps);
        Assert.Null(await _resolver.ResolveDidAsync(Did.Parse("did:web:one.more.test"), default));
    }

    [Fact]
    public async Task Hosts_that_do_not_answer_do_not_hold_up_the_directory()
    {
        var lookUps = Ask(BoundedIdentityResolver.MaxAtOnce);
        _network.Document = () => Task.FromResult<DidDocument?>(null);

        Assert.Null(await _resolver.ResolveDidAsync(Plc, default));
        Assert.Null(await _resolver.RefreshDidAsync(Plc, default));

        _answer.SetResult(null);
        await Task.WhenAll(lookUps);
    }

    [Fact]
    public async Task Whoever_goes_away_gives_up_the_place_in_the_queue()
    {
        var lookUps = Ask(BoundedIdentityResolver.MaxAtOnce);
        using var gone = new CancellationTokenSource();
        var waiting = _resolver.ResolveDidAsync(Did.Parse("did:web:impatient.test"), gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _answer.SetResult(null);
        await Task.WhenAll(lookUps);
        Assert.Equal(BoundedIdentityResolver.MaxAtOnce, _network.Asked);
    }

    private List<Task<DidDocument?>> Ask(int count) =>
        [.. Enumerable.Range(0, count).Select(i => _resolver.ResolveDidAsync(Did.Parse($"did:web:host{i}.test"), CancellationToken.None))];
}
