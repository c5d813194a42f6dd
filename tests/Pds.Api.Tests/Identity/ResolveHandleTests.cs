using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Identity;

public sealed class ResolveHandleTests(ResolveHandleTests.WithNetwork pds) : IClassFixture<ResolveHandleTests.WithNetwork>
{
    private const string Method = "com.atproto.identity.resolveHandle";
    private const string Elsewhere = "did:plc:ewvi7nxzyoun6zhxrhs64oiz";

    [Fact]
    public async Task Knows_its_own_accounts_in_any_case()
    {
        var alice = await pds.SignUpAsync();

        Assert.Equal(alice.Did.Value, (await ResolveAsync(alice.Handle)).Ok().GetProperty("did").GetString());
        Assert.Equal(alice.Did.Value, (await ResolveAsync(alice.Handle.ToUpperInvariant())).Ok().GetProperty("did").GetString());
    }

    [Fact]
    public async Task Does_not_know_an_account_that_is_not_active()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        (await ResolveAsync(alice.Handle)).Refused(400, "HandleNotFound");
        (await ResolveAsync(bob.Handle)).Refused(400, "HandleNotFound");
    }

    [Fact]
    public async Task Asks_nobody_about_a_handle_of_its_own_domain()
    {
        var refusal = (await ResolveAsync("nobody-here.test")).Refused(400, "HandleNotFound");

        Assert.Equal("Unable to resolve handle", refusal.Message);
        Assert.DoesNotContain(Handle.Parse("nobody-here.test"), pds.Network.Asked);
    }

    [Fact]
    public async Task Does_not_know_an_account_that_is_out_of_circulation()
    {
        var (alice, bob) = (await pds.SignUpAsync(), await pds.SignUpAsync("bob"));
        await pds.DeactivateAsync(alice.Did);
        await pds.TakeDownAsync(bob.Did);

        foreach (var gone in new[] { alice, bob }) (await ResolveAsync(gone.Handle)).Refused(400, "HandleNotFound");
    }

    [Fact]
    public async Task Asks_the_network_about_the_rest()
    {
        var answer = (await ResolveAsync("atproto.com")).Ok();

        Assert.Equal(Elsewhere, answer.GetProperty("did").GetString());
        Assert.Contains(Handle.Parse("atproto.com"), pds.Network.Asked);
    }

    [Fact]
    public async Task Refuses_what_the_network_does_not_know() =>
        Assert.Equal("Unable to resolve handle", (await ResolveAsync("nobody.example.com")).Refused(400, "InvalidRequest").Message);

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("@alice.test")]
    [InlineData("did:plc:ewvi7nxzyoun6zhxrhs64oiz")]
    [InlineData("al ice.test")]
    public async Task Refuses_what_is_no_handle(string handle) => (await ResolveAsync(handle)).Refused(400, "InvalidRequest");

    [Fact]
    public async Task Looks_at_no_authorization_header()
    {
        var alice = await pds.SignUpAsync();

        (await new XrpcClient(pds.Url) { Authorization = "Bearer garbage" }.GetAsync(Method, new { handle = alice.Handle })).Ok();
    }

    private Task<XrpcAnswer> ResolveAsync(string handle) => pds.Anyone.GetAsync(Method, new { handle });

    public sealed class WithNetwork : PdsFixture
    {
        public FakeNetwork Network { get; } = new() { Handles = { [Handle.Parse("atproto.com")] = Did.Parse(Elsewhere) } };

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIdentityResolver>(Network);
    }
}
