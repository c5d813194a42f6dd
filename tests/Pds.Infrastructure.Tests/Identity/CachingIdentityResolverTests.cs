using Microsoft.Extensions.Logging.Abstractions;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Outbound;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Identity;

public sealed class CachingIdentityResolverTests
{
    private static readonly Did Alice = Did.Parse("did:web:alice.test");
    private static readonly Handle AliceTest = Handle.Parse("alice.test");
    private static readonly DidDocument First = DidDocument.Build(Alice, ["at://first.test"], [], []);
    private static readonly DidDocument Second = DidDocument.Build(Alice, ["at://second.test"], [], []);

    private readonly FakeTime _time = new();
    private readonly FakeResolver _network = new();
    private readonly IdentityCacheOptions _options = new();
    private readonly IdentityCache _cache;
    private readonly CachingIdentityResolver _resolver;

    public CachingIdentityResolverTests()
    {
        _cache = new IdentityCache(_options, _time);
        _resolver = NewResolver(new Uri("https://plc.directory"));
    }

    [Fact]
    public async Task Asks_once_while_the_answer_is_fresh()
    {
        _network.Document = () => Task.FromResult<DidDocument?>(First);
        Assert.Same(First, await ResolveAsync());

        _time.Advance(_options.StaleAfter - TimeSpan.FromSeconds(1));

        Assert.Same(First, await ResolveAsync());
        Assert.Equal(1, _network.Asked);
    }

    [Fact]
    public async Task Answers_what_is_stale_and_asks_meanwhile()
    {
        await RememberAsync(First);
        var asked = new TaskCompletionSource<DidDocument?>();
        _network.Document = () => asked.Task;
        _time.Advance(_options.StaleAfter);

        Assert.Same(First, await ResolveAsync()); // though the network has not answered

        asked.SetResult(Second);
        await UntilAsync(async () => await ResolveAsync() == Second);
        Assert.Equal(2, _network.Asked);
    }

    [Fact]
    public async Task Says_so_where_too_many_are_looked_up_and_remembers_nothing_of_it()
    {
        _network.Document = () => throw XrpcException.Busy("busy", TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<XrpcException>(ResolveAsync);

        _network.Document = () => Task.FromResult<DidDocument?>(First);

        Assert.Same(First, await ResolveAsync());
    }

    [Fact]
    public async Task Answers_what_is_stale_where_too_many_are_looked_up()
    {
        await RememberAsync(First);
        _network.Document = () => throw XrpcException.Busy("busy", TimeSpan.FromSeconds(5));
        _time.Advance(_options.StaleAfter);

        Assert.Same(First, await ResolveAsync());
    }

    [Fact]
    public async Task Goes_on_with_what_is_stale_where_the_network_is_away()
    {
        await RememberAsync(First);
        _network.Document = () => throw new OutboundException("no network");
        _time.Advance(_options.MaxAge - TimeSpan.FromSeconds(1));

        Assert.Same(First, await ResolveAsync());
        Assert.Same(First, await ResolveAsync());
    }

    [Fact]
    public async Task Does_not_answer_what_is_too_old()
    {
        await RememberAsync(First);
        _network.Document = () => Task.FromResult<DidDocument?>(Second);
        _time.Advance(_options.MaxAge);

        Assert.Same(Second, await ResolveAsync());

        _network.Document = () => throw new OutboundException("no network");
        _time.Advance(_options.MaxAge);
        Assert.Null(await ResolveAsync());
    }

    [Fact]
    public async Task Believes_for_a_while_that_there_is_none()
    {
        await RememberAsync(null);
        _network.Document = () => Task.FromResult<DidDocument?>(First);

        _time.Advance(_options.NoneMaxAge - TimeSpan.FromSeconds(1));
        Assert.Null(await ResolveAsync());
        Assert.Equal(1, _network.Asked);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(First, await ResolveAsync());
    }

    [Fact]
    public async Task Does_not_remember_that_the_network_was_away()
    {
        _network.Document = () => throw new OutboundException("no network");
        Assert.Null(await ResolveAsync());

        _network.Document = () => Task.FromResult<DidDocument?>(First);
        Assert.Same(First, await ResolveAsync());
    }

    [Fact]
    public async Task Those_who_ask_at_once_share_one_look_up()
    {
        var answer = new TaskCompletionSource<DidDocument?>();
        _network.Document = () => answer.Task;

        var asking = Enumerable.Range(0, 10).Select(_ => ResolveAsync()).ToList();
        answer.SetResult(First);

        Assert.All(await Task.WhenAll(asking), document => Assert.Same(First, document));
        Assert.Equal(1, _network.Asked);
    }

    [Fact]
    public async Task One_who_gives_up_waiting_does_not_stop_the_look_up_for_the_others()
    {
        var answer = new TaskCompletionSource<DidDocument?>();
        _network.Document = () => answer.Task;
        using var impatient = new CancellationTokenSource();
        var gaveUp = _resolver.ResolveDidAsync(Alice, impatient.Token);
        var patient = ResolveAsync();

        await impatient.CancelAsync();
        answer.SetResult(First);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        Assert.Same(First, await patient);
    }

    [Fact]
    public async Task A_refresh_asks_in_any_case_and_is_what_is_remembered()
    {
        await RememberAsync(First);
        _network.Document = () => Task.FromResult<DidDocument?>(Second);

        Assert.Same(Second, await _resolver.RefreshDidAsync(Alice, CancellationToken.None));

        Assert.Same(Second, await ResolveAsync());
        Assert.Equal(2, _network.Asked);
    }

    [Fact]
    public async Task A_look_up_that_began_before_a_refresh_does_not_undo_it()
    {
        var slow = new TaskCompletionSource<DidDocument?>();
        _network.Document = () => slow.Task;
        var earlier = ResolveAsync();
        await UntilAsync(() => Task.FromResult(_network.Asked == 1));
        _network.Document = () => Task.FromResult<DidDocument?>(Second);
        await _resolver.RefreshDidAsync(Alice, CancellationToken.None);

        slow.SetResult(First);

        Assert.Same(First, await earlier);
        Assert.Same(Second, await ResolveAsync());
    }

    [Fact]
    public async Task What_is_forgotten_is_asked_for_anew()
    {
        await RememberAsync(First);
        _cache.Documents.Forget(Alice);
        _network.Document = () => Task.FromResult<DidDocument?>(Second);

        Assert.Same(Second, await ResolveAsync());
    }

    [Fact]
    public async Task Remembers_handles_for_minutes_and_refreshes_them()
    {
        _network.Handle = () => Task.FromResult<Did?>(Alice);
        Assert.Equal(Alice, await _resolver.ResolveHandleAsync(AliceTest, CancellationToken.None));
        _network.Handle = () => Task.FromResult<Did?>(null);

        _time.Advance(_options.HandleMaxAge - TimeSpan.FromSeconds(1));
        Assert.Equal(Alice, await _resolver.ResolveHandleAsync(AliceTest, CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _resolver.ResolveHandleAsync(AliceTest, CancellationToken.None));

        _network.Handle = () => Task.FromResult<Did?>(Alice);
        Assert.Null(await _resolver.ResolveHandleAsync(AliceTest, CancellationToken.None)); // believed for a minute
        Assert.Equal(Alice, await _resolver.RefreshHandleAsync(AliceTest, CancellationToken.None));
    }

    [Fact]
    public async Task Remembers_nothing_of_the_embedded_directory()
    {
        var atHand = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
        var resolver = NewResolver(plcUrl: null);

        await resolver.ResolveDidAsync(atHand, CancellationToken.None);
        await resolver.ResolveDidAsync(atHand, CancellationToken.None);

        Assert.Equal(2, _network.Asked);
    }

    [Fact]
    public async Task Keeps_no_more_answers_than_it_may()
    {
        var cache = new LookupCache<string, string>(capacity: 16, _time);
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await cache.LookUpAsync($"{i}", () => Task.FromResult<string?>("x"), CancellationToken.None);
        }

        var kept = Enumerable.Range(0, 100).Where(i => cache.TryGet($"{i}", out _, out _)).ToList();
        Assert.InRange(kept.Count, 14, 16);
        Assert.Equal(Enumerable.Range(100 - kept.Count, kept.Count), kept); // the newest
    }

    private Task<DidDocument?> ResolveAsync() => _resolver.ResolveDidAsync(Alice, CancellationToken.None);

    private async Task RememberAsync(DidDocument? document)
    {
        _network.Document = () => Task.FromResult(document);
        await ResolveAsync();
    }

    private CachingIdentityResolver NewResolver(Uri? plcUrl) => new(
        _network, _cache, _options,
        new IdentityOptions { HandleDomains = [".test"], PlcUrl = plcUrl, PlcRotationKey = PrivateKey.Generate(Curve.K256) },
        NullLogger<CachingIdentityResolver>.Instance);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            Assert.True(tries < 1000, "It never came to be");
            await Task.Delay(5);
        }
    }
}
