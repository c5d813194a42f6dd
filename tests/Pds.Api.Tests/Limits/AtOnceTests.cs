using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Limits;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;
using Pds.TestKit;
using XrpcAnswer = Pds.TestKit.XrpcAnswer;

namespace Pds.Api.Tests.Limits;

public sealed class AtOnceTests(AtOnceTests.SilentNetwork pds) : IClassFixture<AtOnceTests.SilentNetwork>
{
    private static readonly AtOnce LookUps = Limit.Resolve.AtOnce!;

    [Fact]
    public async Task One_client_that_asks_for_what_does_not_answer_is_held_back_and_others_are_not()
    {
        var most = LookUps.ForAddress + LookUps.WaitingForAddress;
        var mallory = Enumerable.Range(0, most + 5).Select(i => AskAsync("192.0.2.1", $"host{i}.example.com")).ToList();
        for (var i = 0; i < 5; i++)
        {
            var refused = await Task.WhenAny(mallory);
            mallory.Remove(refused);
            var answer = (await refused).Refused(503, "NotEnoughResources");
            Assert.Equal(("2", "Retry-After"), (answer.Headers["Retry-After"], answer.Headers["Access-Control-Expose-Headers"]));
        }

        await Eventually.IsTrueAsync(() => pds.Asked >= LookUps.ForAddress);
        Assert.Equal(LookUps.ForAddress, pds.Asked);
        var alice = await pds.SignUpAsync();
        Assert.Equal(alice.Did.Value, (await AskAsync("192.0.2.2", alice.Handle)).Ok().GetProperty("did").GetString());

        pds.Answer();
        Assert.All(await Task.WhenAll(mallory), answer => answer.Refused(400, "InvalidRequest"));
        Assert.Equal(most, pds.Asked);
    }

    private Task<XrpcAnswer> AskAsync(string address, string handle) =>
        new XrpcClient(pds.Url) { ForwardedFor = address }.GetAsync("com.atproto.identity.resolveHandle", new { handle });

    /// <summary>A server in a network where nobody answers until the test lets them.</summary>
    public sealed class SilentNetwork : PdsFixture, IIdentityResolver
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _asked;

        public int Asked => _asked;

        public void Answer() => _answer.SetResult();

        public Task<DidDocument?> ResolveDidAsync(Did did, CancellationToken ct) => Task.FromResult<DidDocument?>(null);

        public Task<DidDocument?> RefreshDidAsync(Did did, CancellationToken ct) => ResolveDidAsync(did, ct);

        public async Task<Did?> ResolveHandleAsync(Handle handle, CancellationToken ct)
        {
            Interlocked.Increment(ref _asked);
            await _answer.Task;
            return null;
        }

        public Task<Did?> RefreshHandleAsync(Handle handle, CancellationToken ct) => ResolveHandleAsync(handle, ct);

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIdentityResolver>(this);
    }
}
