using Microsoft.Extensions.Logging.Abstractions;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Identity.Dns;
using Pds.Infrastructure.Lexicons;
using Pds.Infrastructure.Outbound;
using Pds.Infrastructure.Tests.Identity;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Lexicons;

/// <summary>From a name to its document, over real sockets; and what is remembered of that.</summary>
public sealed class LexiconResolverTests : IAsyncLifetime, IDisposable
{
    private static readonly Nsid Thing = Nsid.Parse("com.example.thing");

    private readonly FakeTime _time = new();
    private readonly FakeResolver _identities = new();
    private readonly SafeHttpClient _http;
    private LexiconAuthority _authority = null!;
    private NetworkLexiconResolver _network = null!;
    private CachingLexiconResolver _caching = null!;

    public LexiconResolverTests()
    {
        var options = new OutboundOptions { AllowPrivateAddresses = true, MaxResponseSize = 1024 * 1024 };
        _http = new SafeHttpClient(options, new GuardedConnection(options), TimeProvider.System);
    }

    public async Task InitializeAsync()
    {
        _authority = await LexiconAuthority.StartAsync();
        _identities.Document = () => Task.FromResult<DidDocument?>(_authority.Document);
        _network = Network(new IdentityLookupOptions { Timeout = TimeSpan.FromSeconds(20) });
        _caching = new CachingLexiconResolver(_network, _time, NullLogger<CachingLexiconResolver>.Instance);
    }

    public async Task DisposeAsync() => await _authority.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _caching.Dispose();
    }

    [Fact]
    public async Task Asks_the_names_domain_for_its_authority_and_that_ones_server_for_the_record()
    {
        var lexicon = await ResolveAsync();

        Assert.Equal(("at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/com.atproto.lexicon.schema/com.example.thing", Thing), (lexicon.Uri.ToString(), lexicon.Document.Id));
        Assert.Equal(
            ["_lexicon.example.com", "/xrpc/com.atproto.sync.getRecord?did=did%3Aplc%3Aewvi7nxzyoun6zhxrhs64oiz&collection=com.atproto.lexicon.schema&rkey=com.example.thing"], _authority.Asked);
    }

    [Fact]
    public async Task Asks_the_one_authority_that_the_operator_names()
    {
        _authority.Texts = [];

        await Network(new IdentityLookupOptions { LexiconAuthority = LexiconAuthority.Did }).ResolveAsync(Thing, CancellationToken.None);

        Assert.Single(_authority.Asked);
    }

    [Fact]
    public async Task Two_authorities_are_none()
    {
        _authority.Texts = ["did=did:plc:ewvi7nxzyoun6zhxrhs64oiz", "did=did:plc:44ybard66vv44zksje25o7dz"];

        await RefusesAsync("No DID is the authority of example.com");
    }

    [Fact]
    public async Task Does_not_believe_a_record_that_somebody_else_has_signed()
    {
        _authority.Key = LexiconAuthority.NewKey();

        await RefusesAsync("not signed with the key");
    }

    [Fact]
    public async Task Believes_the_key_that_the_document_names_by_now()
    {
        var old = _authority.Document;
        (_authority.Key, var asked) = (LexiconAuthority.NewKey(), 0);
        _authority.PublishedKey = _authority.Key.PublicKey;
        _identities.Document = () => Task.FromResult<DidDocument?>(asked++ == 0 ? old : _authority.Document);

        Assert.Equal(Thing, (await ResolveAsync()).Document.Id);
    }

    [Theory]
    [InlineData(null, "There is no record")]
    [InlineData("""{"$type":"com.atproto.lexicon.schema","lexicon":1,"id":"com.example.other","defs":{"main":{"type":"token"}}}""", "document of com.example.other")]
    [InlineData("""{"$type":"com.example.thing","lexicon":1,"id":"com.example.thing","defs":{"main":{"type":"token"}}}""", "not a com.atproto.lexicon.schema")]
    [InlineData("""{"$type":"com.atproto.lexicon.schema","lexicon":1,"id":"com.example.thing","defs":{"main":{"type":"nonsense"}}}""", "com.example.thing")]
    public async Task Takes_no_record_that_is_not_the_document(string? record, string reason)
    {
        _authority.Record = record;

        await RefusesAsync(reason);
    }

    [Fact]
    public async Task Says_what_the_server_answers_instead()
    {
        _authority.Status = 400;

        await RefusesAsync("status 400");
    }

    [Fact]
    public async Task Asks_once_a_day()
    {
        await _caching.ResolveAsync(Thing, CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(23));
        await _caching.ResolveAsync(Thing, CancellationToken.None);
        Assert.Equal(2, _authority.Asked.Count);

        _time.Advance(TimeSpan.FromHours(1));
        await _caching.ResolveAsync(Thing, CancellationToken.None);

        Assert.Equal(4, _authority.Asked.Count);
    }

    [Fact]
    public async Task Lives_with_an_old_document_for_90_days_and_tries_again_every_minute()
    {
        Assert.NotNull(await _caching.ResolveAsync(Thing, CancellationToken.None));
        (_authority.Status, var before) = (500, _authority.Asked.Count);

        _time.Advance(TimeSpan.FromDays(89));
        Assert.NotNull(await _caching.ResolveAsync(Thing, CancellationToken.None));
        Assert.NotNull(await _caching.ResolveAsync(Thing, CancellationToken.None));
        Assert.Equal(before + 2, _authority.Asked.Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await _caching.ResolveAsync(Thing, CancellationToken.None));
        Assert.Equal(before + 4, _authority.Asked.Count);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Null(await _caching.ResolveAsync(Thing, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_not_there_is_asked_for_again_after_a_minute()
    {
        _authority.Texts = [];
        Assert.Null(await _caching.ResolveAsync(Thing, CancellationToken.None));
        Assert.Null(await _caching.ResolveAsync(Thing, CancellationToken.None));
        Assert.Single(_authority.Asked);

        _authority.Texts = [$"did={LexiconAuthority.Did}"];
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull(await _caching.ResolveAsync(Thing, CancellationToken.None));
    }

    private NetworkLexiconResolver Network(IdentityLookupOptions options) => new(
        new DnsDidLookup(new DnsTxtLookup(TimeProvider.System), options, () => [_authority.Nameserver.Address]), _identities, _http, new SignatureVerifier(), options);

    private Task<PublishedLexicon> ResolveAsync() => _network.ResolveAsync(Thing, CancellationToken.None);

    private async Task RefusesAsync(string reason)
    {
        var refusal = await Assert.ThrowsAsync<LexiconException>(ResolveAsync);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
