using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

/// <summary>Every route there is, and input that nobody should send. A failure names its seed, route and request.</summary>
public sealed class BadInputTests(BadInputTests.Offline pds) : IClassFixture<BadInputTests.Offline>
{
    private const int Rounds = 40;
    private const int Seed = 20260103;

    [Fact]
    public async Task Is_refused_by_name_and_leaves_everything_as_it_was()
    {
        var routes = Routes().ToList();
        Assert.Contains("/xrpc/com.atproto.repo.createRecord", routes);
        Assert.Contains("/plc/{did}", routes);

        var attacked = new ConcurrentBag<Did>();
        await Parallel.ForEachAsync(routes, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (route, _) =>
        {
            var account = await pds.SignUpAsync();
            attacked.Add(account.Did);
            await AttackAsync(route, account);
        });

        Assert.Equal(attacked.Select(did => did.Value).Order(), await ReposAsync());
    }

    private IEnumerable<string> Routes() => pds.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}").Distinct();

    /// <summary>A route's own seed, so that no route changes what another one gets.</summary>
    private static int SeedOf(string route) => route.Aggregate(Seed, (seed, letter) => unchecked((seed * 31) + letter));

    private async Task AttackAsync(string route, Actor actor)
    {
        var commit = await actor.GetLatestCommitAsync();
        var seed = SeedOf(route);
        var input = new BadInput(seed, actor.Did.Value, actor.Handle, commit.Cid.ToString());
        XrpcClient[] callers = route.Contains(".admin.", StringComparison.Ordinal) ? [pds.Admin, pds.Anyone] : [pds.Anyone, actor, actor, actor.Refreshing];
        var accepted = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var caller = callers[round % callers.Length];
            var isPost = round % 2 == 0 ? !route.Contains(".get", StringComparison.Ordinal) : round % 3 == 0;
            var request = Request(input, route.Replace("{did}", actor.Did.Value, StringComparison.Ordinal).Replace("{**nsid}", "com.example.unknown", StringComparison.Ordinal).Replace("{*path:nonfile}", "nothing", StringComparison.Ordinal), isPost);
            var what = $"seed {seed}, round {round}: {request.Method} {request.RequestUri}";

            var answer = await SendAsync(caller, request, what);

            Assert.True((int)answer.Status < 500, $"{what}: {(int)answer.Status} {answer.Text}");
            if ((int)answer.Status >= 400 && route.StartsWith("/xrpc/", StringComparison.Ordinal))
                Assert.True(answer is { Error.Length: > 0, Message.Length: > 0 }, $"{what}: {(int)answer.Status} without a name: {answer.Text}");

            var now = await actor.GetLatestCommitAsync();
            if ((int)answer.Status < 300) (commit, accepted) = (now, accepted + 1); // what was mutated may still be a good request
            Assert.True(now == commit, $"{what} was refused with {(int)answer.Status} and changed the repo");
        }

        if (route.EndsWith(".createRecord", StringComparison.Ordinal)) Assert.True(accepted > 0, "Input this bad tests only the reader of JSON");
        await actor.ExportAsync();
    }

    private static async Task<XrpcAnswer> SendAsync(XrpcClient caller, HttpRequestMessage request, string what)
    {
        try
        {
            return await caller.SendAsync(request);
        }
        catch (HttpRequestException broken)
        {
            throw new InvalidOperationException($"{what} was not answered", broken);
        }
    }

    private static HttpRequestMessage Request(BadInput input, string path, bool isPost)
    {
        var request = new HttpRequestMessage(isPost ? HttpMethod.Post : HttpMethod.Get, path + input.Query());
        if (!isPost) return request;

        request.Content = new ByteArrayContent(input.Body());
        request.Content.Headers.TryAddWithoutValidation("Content-Type", input.ContentType());
        if (input.ContentEncoding() is { } encoding) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return request;
    }

    private async Task<IEnumerable<string>> ReposAsync() =>
        (await pds.Anyone.GetAsync("com.atproto.sync.listRepos", new { limit = 1000 })).Ok().GetProperty("repos").EnumerateArray().Select(repo => repo.GetProperty("did").GetString()!).Order();

    public sealed class Offline : PdsFixture
    {
        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIdentityResolver>(new FakeNetwork());
    }
}
