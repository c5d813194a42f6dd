using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Application.Server;
using Pds.Domain.Crypto;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class ReserveSigningKeyTests(ReserveSigningKeyTests.WithLimit pds) : IClassFixture<ReserveSigningKeyTests.WithLimit>
{
    private const string Method = "com.atproto.server.reserveSigningKey";
    private static int _dids;

    [Fact]
    public async Task Gives_anyone_a_new_key_of_K256()
    {
        var first = await ReserveAsync(new { });
        var second = await ReserveAsync(new { });

        Assert.Equal(Curve.K256, DidKey.Parse(first).Curve);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Gives_the_same_key_for_the_same_DID_and_another_for_another()
    {
        var (here, there) = (NewDid(), NewDid());

        var first = await ReserveAsync(new { did = here });

        Assert.Equal(first, await ReserveAsync(new { did = here }));
        Assert.NotEqual(first, await ReserveAsync(new { did = there }));
        await pds.RestartAsync();
        Assert.Equal(first, await ReserveAsync(new { did = here }));
    }

    [Fact]
    public async Task Those_who_ask_at_once_for_one_DID_get_one_key()
    {
        var did = NewDid();

        var keys = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ReserveAsync(new { did })));

        Assert.Single(keys.Distinct());
    }

    [Fact]
    public async Task Forgets_a_key_for_nobody_here_after_a_day()
    {
        var did = NewDid();
        var first = await ReserveAsync(new { did });

        pds.Time.Advance(IReservedKeyStore.UnclaimedLifetime);
        Assert.Equal(first, await ReserveAsync(new { did }));
        pds.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotEqual(first, await ReserveAsync(new { did }));
    }

    [Fact]
    public async Task Keeps_the_key_of_an_account_of_its_own()
    {
        var alice = await pds.SignUpAsync();
        var first = await ReserveAsync(new { did = alice.Did.Value });

        pds.Time.Advance(TimeSpan.FromDays(1000));
        await ReserveAsync(new { });

        Assert.Equal(first, await ReserveAsync(new { did = alice.Did.Value }));
    }

    [Fact]
    public async Task Refuses_strangers_when_it_keeps_as_many_as_it_will_until_some_have_run_out()
    {
        var alice = await pds.SignUpAsync();
        pds.IsFull = true;
        try
        {
            (await pds.Anyone.PostAsync(Method, new { })).Refused(503, "NotEnoughResources");
            (await pds.Anyone.PostAsync(Method, new { did = NewDid() })).Refused(503, "NotEnoughResources");
            await ReserveAsync(new { did = alice.Did.Value });
        }
        finally
        {
            pds.IsFull = false;
        }

        await ReserveAsync(new { });
    }

    [Fact]
    public async Task Looks_at_no_authorization_header() => (await new XrpcClient(pds.Url) { Authorization = "Bearer garbage" }.PostAsync(Method, new { })).Ok();

    [Theory]
    [InlineData("x")]
    [InlineData("did:plc:")]
    [InlineData("../../../etc/passwd")]
    public async Task Refuses_what_is_no_DID(string did) => (await pds.Anyone.PostAsync(Method, new { did })).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Refuses_a_call_without_a_body() => (await pds.Anyone.PostAsync(Method)).Refused(400, "InvalidRequest");

    private async Task<string> ReserveAsync(object body) => (await pds.Anyone.PostAsync(Method, body)).Ok().GetProperty("signingKey").GetString()!;

    private static string NewDid() => $"did:web:somebody{Interlocked.Increment(ref _dids)}.example.com";

    public sealed class WithLimit : TimedPdsFixture
    {
        /// <summary>Whether there are as many unclaimed keys as there may be.</summary>
        public bool IsFull { get; set; }

        protected override void Adjust(WebApplicationBuilder builder)
        {
            base.Adjust(builder);
            builder.Services.Decorate<IReservedKeyStore>(inner => new FullStore(inner, this));
        }
    }

    private sealed class FullStore(IReservedKeyStore inner, WithLimit pds) : IReservedKeyStore
    {
        public Task<DidKey?> FindAsync(Did did, CancellationToken ct) => inner.FindAsync(did, ct);

        public Task<PrivateKey?> OpenAsync(Did did, DidKey publicKey, CancellationToken ct) => inner.OpenAsync(did, publicKey, ct);

        public async Task<int> CountUnclaimedAsync(CancellationToken ct) => await inner.CountUnclaimedAsync(ct) + (pds.IsFull ? ReserveSigningKey.MaxUnclaimed : 0);

        public void Add(DidKey publicKey, PrivateKey key, Did? did) => inner.Add(publicKey, key, did);

        public void Remove(DidKey publicKey) => inner.Remove(publicKey);
    }
}
