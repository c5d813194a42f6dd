using Microsoft.Extensions.Logging.Abstractions;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Identity;

namespace Pds.Infrastructure.Tests.Identity;

public sealed class CachingIdentityResolverTests
{
    private static readonly Did Did = Did.Parse("did:web:alice.example.com");
    private static readonly Did Plc = Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static readonly Handle Handle = Handle.Parse("alice.example.com");

    private readonly ManualTime _time = new();
    private readonly Network _network = new();
    private readonly IdentityCacheOptions _options = new() { Capacity = 8 };
    private readonly IdentityCache _cache;
    private readonly CachingIdentityResolver _resolver;

    public CachingIdentityResolverTests()
    {
        _cache = new IdentityCache(_options, _time);
        _resolver = Resolver(plcUrl: new Uri("https://plc.example.com"));
    }

    [Fact]
    public async Task Asks_once_and_remembers()
    {
        var first = await ResolveAsync();
        _time.Now += TimeSpan.FromMinutes(59);

        Assert.Same(first, await ResolveAsync());
        Assert.Equal(1, _network.Questions);
    }

    [Fact]
    public async Task Answers_what_is_stale_at_once_and_asks_meanwhile()
    {
        var first = await ResolveAsync();
        _time.Now += TimeSpan.FromHours(2);
        _network.Hold();

        Assert.Same(first, await ResolveAsync());
        Assert.Same(first, await ResolveAsync());

        _network.Release();
        await WaitForAsync(async () => await ResolveAsync() != first);
        Assert.Equal(2, _network.Questions);
    }

    [Fact]
    public async Task Believes_nothing_that_is_a_day_old()
    {
        var first = await ResolveAsync();
        _time.Now += TimeSpan.FromDays(1);

        Assert.NotSame(first, await ResolveAsync());
    }

    [Fact]
    public async Task Believes_for_a_minute_that_there_is_none()
    {
        _network.HasNone = true;
        Assert.Null(await ResolveAsync());
        _network.HasNone = false;

        Assert.Null(await ResolveAsync());
        _time.Now += TimeSpan.FromMinutes(1);
        Assert.NotNull(await ResolveAsync());
    }

    [Fact]
    public async Task Does_not_remember_that_a_host_could_not_be_asked()
    {
        _network.IsDown = true;
        Assert.Null(await ResolveAsync());
        _network.IsDown = false;

        Assert.NotNull(await ResolveAsync());
    }

    [Fact]
    public async Task Keeps_what_it_has_while_a_host_cannot_be_asked()
    {
        var first = await ResolveAsync();
        _network.IsDown = true;
        _time.Now += TimeSpan.FromHours(23);

        Assert.Same(first, await ResolveAsync());
        await WaitForAsync(() => Task.FromResult(_network.Questions == 2));
        Assert.Same(first, await ResolveAsync());
        Assert.Null(await _resolver.RefreshDidAsync(Did, CancellationToken.None));
    }

    [Fact]
    public async Task Asks_once_for_many_at_a_time()
    {
        _network.Hold();
        var waiting = Enumerable.Range(0, 20).Select(_ => ResolveAsync()).ToList();
        _network.Release();

        var documents = await Task.WhenAll(waiting);

        Assert.Single(documents.Distinct());
        Assert.Equal(1, _network.Questions);
    }

    [Fact]
    public async Task Lets_one_who_gives_up_go_without_the_others()
    {
        using var giveUp = new CancellationTokenSource();
        _network.Hold();
        var (impatient, patient) = (_resolver.ResolveDidAsync(Did, giveUp.Token), ResolveAsync());

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _network.Release();

        Assert.NotNull(await patient);
    }

    [Fact]
    public async Task Asks_in_any_case_when_told_to_and_remembers_that()
    {
        var first = await ResolveAsync();

        var second = await _resolver.RefreshDidAsync(Did, CancellationToken.None);

        Assert.NotSame(first, second);
        Assert.Same(second, await ResolveAsync());
    }

    [Fact]
    public async Task Does_not_keep_an_answer_that_was_on_its_way_when_the_identity_changed()
    {
        _network.Hold();
        var before = ResolveAsync();
        await WaitForAsync(() => Task.FromResult(_network.Questions == 1));

        _cache.Documents.Forget(Did);
        _network.Release();

        Assert.NotSame(await before, await ResolveAsync());
    }

    [Fact]
    public async Task Keeps_no_more_than_it_may()
    {
        for (var i = 0; i < 100; i++)
        {
            _time.Now += TimeSpan.FromSeconds(1);
            await _resolver.ResolveDidAsync(Did.Web($"host{i}.example.com"), CancellationToken.None);
        }

        var kept = Enumerable.Range(0, 100).Where(i => _cache.Documents.TryGet(Did.Web($"host{i}.example.com"), out _, out _)).ToList();

        Assert.InRange(kept.Count, 1, _options.Capacity);
        Assert.Contains(99, kept);
    }

    [Fact]
    public async Task Asks_the_embedded_directory_every_time()
    {
        var resolver = Resolver(plcUrl: null);

        var first = await resolver.ResolveDidAsync(Plc, CancellationToken.None);

        Assert.NotSame(first, await resolver.ResolveDidAsync(Plc, CancellationToken.None));
    }

    [Fact]
    public async Task Remembers_handles_for_minutes()
    {
        await _resolver.ResolveHandleAsync(Handle, CancellationToken.None);
        await _resolver.ResolveHandleAsync(Handle, CancellationToken.None);
        Assert.Equal(1, _network.Questions);

        await _resolver.RefreshHandleAsync(Handle, CancellationToken.None);
        Assert.Equal(2, _network.Questions);

        _time.Now += _options.HandleMaxAge;
        await _resolver.ResolveHandleAsync(Handle, CancellationToken.None);
        Assert.Equal(3, _network.Questions);
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 500 && !await condition(); i++) await Task.Delay(10);
        Assert.True(await condition());
    }

    private CachingIdentityResolver Resolver(Uri? plcUrl)
    {
        var identity = new IdentityOptions { HandleDomains = [], PlcUrl = plcUrl, PlcRotationKey = new KeyFactory().Generate(Curve.K256) };
        return new CachingIdentityResolver(_network, _cache, _options, identity, NullLogger<CachingIdentityResolver>.Instance);
    }

    private Task<DidDocument?> ResolveAsync() => _resolver.ResolveDidAsync(Did, CancellationToken.None);

    /// <summary>Answers a new document each time.</summary>
    private sealed class Network : IIdentityResolver
    {
        private TaskCompletionSource _open = Opened();
        private int _questions;

        public int Questions => _questions;

        public bool HasNone { get; set; }

        public bool IsDown { get; set; }

        public void Hold() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _open.SetResult();

        public async Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct)
        {
            Interlocked.Increment(ref _questions);
            await _open.Task;
            if (IsDown) throw XrpcException.UpstreamFailure("down");
            return HasNone ? null : DidDocument.Build(did, [], [], []);
        }

        public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => ResolveDidAsync(did, ct);

        public Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct)
        {
            Interlocked.Increment(ref _questions);
            return Task.FromResult<Did?>(Did);
        }

        public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => ResolveHandleAsync(handle, ct);

        private static TaskCompletionSource Opened()
        {
            var open = new TaskCompletionSource();
            open.SetResult();
            return open;
        }
    }
}
