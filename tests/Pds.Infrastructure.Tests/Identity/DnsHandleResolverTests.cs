using System.Net;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Identity.Dns;
using Pds.Infrastructure.Tests.Identity.Dns;

namespace Pds.Infrastructure.Tests.Identity;

public sealed class DnsHandleResolverTests
{
    private const string Claim = "did=did:web:a.example.com";

    private static readonly Did Did = Did.Parse("did:web:a.example.com");
    private static readonly Handle Handle = Handle.Parse("alice.example.com");

    [Fact]
    public async Task Finds_the_did_among_other_texts()
    {
        using var server = Texts("v=spf1 -all", Claim, "didactic");

        Assert.Equal(Did, await ResolveAsync(server));
    }

    [Fact]
    public async Task Asks_at_atproto_before_the_handle()
    {
        byte[] asked = [];
        using var server = new LocalDns((query, _) =>
        {
            asked = query;
            return [DnsBytes.Answer(query, 0, DnsBytes.Text(Claim))];
        });

        await ResolveAsync(server);

        Assert.Equal(DnsBytes.Name("_atproto.alice.example.com"), asked[DnsMessage.HeaderLength..^4]);
    }

    [Theory]
    [InlineData("did=did:web:a.example.com", "did=did:web:b.example.com")]
    [InlineData("did=nonsense")]
    [InlineData("did=")]
    [InlineData(" did=did:web:a.example.com")]
    [InlineData("did:web:a.example.com")]
    public async Task Finds_nothing_where_the_claim_is_not_clear(params string[] texts)
    {
        using var server = Texts(texts);

        Assert.Null(await ResolveAsync(server));
    }

    [Fact]
    public async Task Finds_the_did_that_is_claimed_twice()
    {
        using var server = Texts(Claim, Claim);

        Assert.Equal(Did, await ResolveAsync(server));
    }

    [Fact]
    public async Task Asks_by_tcp_for_what_does_not_fit()
    {
        using var server = new LocalDns((query, byTcp) => byTcp
            ? [DnsBytes.Answer(query, 0, [.. Enumerable.Repeat(DnsBytes.Text(new string('x', 500)), 20), DnsBytes.Text(Claim)])]
            : [DnsBytes.Answer(query, 0x200)]);

        Assert.Equal(Did, await ResolveAsync(server));
    }

    [Fact]
    public async Task Does_not_believe_messages_that_answer_another_question()
    {
        using var server = new LocalDns((query, _) =>
        {
            var forged = DnsBytes.Answer(query, 0, DnsBytes.Text("did=did:web:mallory.example.com"));
            forged[0] ^= 1;
            var ofAnother = DnsBytes.Answer(DnsMessage.Query((ushort)((query[0] << 8) | query[1]), "_atproto.mallory.example.com"), 0, DnsBytes.Text("did=did:web:mallory.example.com"));
            return [forged, ofAnother, [], DnsBytes.Answer(query, 0, DnsBytes.Text(Claim))];
        });

        Assert.Equal(Did, await ResolveAsync(server));
    }

    [Fact]
    public async Task Goes_on_to_the_next_server_where_one_fails_is_silent_or_talks_nonsense()
    {
        using var failing = new LocalDns((query, _) => [DnsBytes.Answer(query, 2)]);
        using var silent = new LocalDns((_, _) => []);
        using var nonsense = new LocalDns((query, _) => [DnsBytes.Answer(query, 0, [0xff, 0xff, 0xff])]);
        using var good = Texts(Claim);
        var nobody = new IPEndPoint(IPAddress.Loopback, 1);

        var did = await Resolver([nobody, failing.EndPoint, silent.EndPoint, nonsense.EndPoint, good.EndPoint], []).ResolveAsync(Handle, CancellationToken.None);

        Assert.Equal(Did, did);
    }

    [Fact]
    public async Task Believes_a_server_that_says_there_is_none()
    {
        using var none = new LocalDns((query, _) => [DnsBytes.Answer(query, 3)]);
        using var other = Texts(Claim);

        Assert.Null(await Resolver([none.EndPoint, other.EndPoint], []).ResolveAsync(Handle, CancellationToken.None));
        Assert.Equal(0, other.Questions);
    }

    [Fact]
    public async Task Asks_the_backup_where_the_system_knows_nothing()
    {
        using var none = new LocalDns((query, _) => [DnsBytes.Answer(query, 3)]);
        using var backup = Texts(Claim);

        Assert.Equal(Did, await Resolver([none.EndPoint], [backup.EndPoint]).ResolveAsync(Handle, CancellationToken.None));
    }

    [Fact]
    public async Task Gives_up_in_time()
    {
        using var silent = new LocalDns((_, _) => []);

        Assert.Null(await Resolver([silent.EndPoint], [], TimeSpan.FromMilliseconds(200)).ResolveAsync(Handle, CancellationToken.None));
        Assert.Equal(2, silent.Questions);
    }

    [Fact]
    public async Task Does_not_ask_for_a_name_that_is_too_long()
    {
        using var server = Texts(Claim);
        var label = new string('a', 60);
        var handle = Handle.Parse($"{label}.{label}.{label}.{label}.example");

        Assert.Null(await Resolver([server.EndPoint], []).ResolveAsync(handle, CancellationToken.None));
        Assert.Equal(0, server.Questions);
    }

    [Fact]
    public void Knows_the_servers_of_the_system() => Assert.All(DnsTxtLookup.SystemNameservers(), server => Assert.Equal(53, server.Port));

    private static LocalDns Texts(params string[] texts) => new((query, _) => [DnsBytes.Answer(query, 0, [.. texts.Select(DnsBytes.Text)])]);

    private static Task<Did?> ResolveAsync(LocalDns server) => Resolver([server.EndPoint], []).ResolveAsync(Handle, CancellationToken.None);

    private static DnsHandleResolver Resolver(IReadOnlyList<IPEndPoint> system, IReadOnlyList<IPEndPoint> backup, TimeSpan? timeout = null) => new(
        new DnsTxtLookup(TimeProvider.System),
        new IdentityLookupOptions { BackupNameservers = backup, Timeout = timeout ?? TimeSpan.FromSeconds(10) },
        () => system);
}
