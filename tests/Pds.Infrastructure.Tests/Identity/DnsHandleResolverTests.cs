using System.Net;
using Pds.Application.Options;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Identity.Dns;
using Pds.Infrastructure.Tests.Identity.Dns;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Identity;

public sealed class DnsHandleResolverTests
{
    private const string Alice = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Bob = "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb";

    [Theory]
    [InlineData(Alice, $"did={Alice}")]
    [InlineData(Alice, "v=spf1 -all", $"did={Alice}", "something else")]
    [InlineData(Alice, $"did={Alice}", $"did={Alice}")]
    [InlineData("did:web:example.com", "did=did:web:example.com")]
    [InlineData(null)]
    [InlineData(null, "nothing of ours")]
    [InlineData(null, $"did={Alice}", $"did={Bob}")] // which of them?
    [InlineData(null, $"did={Alice}", "did=nonsense")]
    [InlineData(null, "did=")]
    [InlineData(null, $"DID={Alice}")]
    [InlineData(null, $" did={Alice}")]
    [InlineData(null, $"did={Alice} ")]
    public async Task Finds_the_one_did_in_the_texts_of_a_handle(string? expected, params string[] texts)
    {
        using var server = new LocalNameserver(query => DnsReplies.To(query, records: [.. texts.Select(DnsReplies.Text)]));

        Assert.Equal(expected, (await ResolveAsync([server]))?.Value);
    }

    [Fact]
    public async Task Asks_for_the_name_of_the_handle()
    {
        byte[]? asked = null;
        using var server = new LocalNameserver(query =>
        {
            asked = query;
            return DnsReplies.To(query);
        });

        await ResolveAsync([server]);

        Assert.Equal(DnsReplies.Name("_atproto.alice.test"), asked![DnsMessage.HeaderLength..^4]);
    }

    [Fact]
    public async Task Asks_over_TCP_for_what_does_not_fit()
    {
        using var server = new LocalNameserver(
            query => DnsReplies.To(query, isTruncated: true),
            query => DnsReplies.To(query, records: [.. Enumerable.Range(0, 50).Select(i => DnsReplies.Text($"{i} {new string('x', 200)}")), DnsReplies.Text($"did={Alice}")]));

        Assert.Equal(Alice, (await ResolveAsync([server]))?.Value);
    }

    [Fact]
    public async Task Asks_the_next_server_where_one_fails_or_is_silent()
    {
        using var failing = new LocalNameserver(query => DnsReplies.To(query, code: 2));
        using var silent = new LocalNameserver(_ => null);
        using var knowing = new LocalNameserver(query => DnsReplies.To(query, records: DnsReplies.Text($"did={Alice}")));

        Assert.Equal(Alice, (await ResolveAsync([failing, silent, knowing], timeout: TimeSpan.FromSeconds(3)))?.Value);
    }

    [Fact]
    public async Task Asks_again_where_a_question_was_lost()
    {
        var asked = 0;
        using var server = new LocalNameserver(query => ++asked == 1 ? null : DnsReplies.To(query, records: DnsReplies.Text($"did={Alice}")));

        Assert.Equal(Alice, (await ResolveAsync([server], timeout: TimeSpan.FromSeconds(2)))?.Value);
    }

    [Fact]
    public async Task Waits_past_forged_replies()
    {
        using var server = new LocalNameserver(query =>
        {
            var forged = (byte[])query.Clone();
            forged[0] ^= 1;
            return DnsReplies.To(forged, records: DnsReplies.Text($"did={Bob}"));
        });

        Assert.Null(await ResolveAsync([server], timeout: TimeSpan.FromMilliseconds(400)));
        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public async Task Asks_the_backup_where_the_systems_own_know_nothing()
    {
        using var first = new LocalNameserver(query => DnsReplies.To(query, code: 3));
        using var backup = new LocalNameserver(query => DnsReplies.To(query, records: DnsReplies.Text($"did={Alice}")));

        Assert.Equal(Alice, (await ResolveAsync([first], [backup]))?.Value);
        Assert.Equal(1, first.Asked); // it knows that there is none
    }

    [Fact]
    public async Task Asks_nobody_for_a_name_that_is_too_long()
    {
        using var server = new LocalNameserver(query => DnsReplies.To(query));
        var handle = Handle.Parse($"{string.Concat(Enumerable.Repeat(new string('a', 60) + ".", 4))}test");

        var resolver = new DnsHandleResolver(new DnsDidLookup(new DnsTxtLookup(TimeProvider.System), new IdentityLookupOptions(), () => [server.Address]));

        Assert.Null(await resolver.ResolveAsync(handle, CancellationToken.None));
        Assert.Equal(0, server.Asked);
    }

    private static Task<Did?> ResolveAsync(LocalNameserver[] servers, LocalNameserver[]? backups = null, TimeSpan? timeout = null)
    {
        var options = new IdentityLookupOptions { Timeout = timeout ?? TimeSpan.FromSeconds(20), BackupNameservers = Addresses(backups ?? []) };
        return new DnsHandleResolver(new DnsDidLookup(new DnsTxtLookup(TimeProvider.System), options, () => Addresses(servers)))
            .ResolveAsync(Handle.Parse("alice.test"), CancellationToken.None);
    }

    private static List<IPEndPoint> Addresses(LocalNameserver[] servers) => [.. servers.Select(server => server.Address)];
}
