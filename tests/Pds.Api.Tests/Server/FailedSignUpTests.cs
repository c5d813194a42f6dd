using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

/// <summary><c>createAccount</c> when the disk or the directory fails half way.</summary>
public sealed class FailedSignUpTests(FailedSignUpTests.Unlucky pds) : IClassFixture<FailedSignUpTests.Unlucky>
{
    [Fact]
    public async Task Leaves_nothing_behind_when_the_account_cannot_be_saved()
    {
        var (accounts, identities) = (await CountAccountsAsync(), await IdentitiesAsync());
        await pds.InviteAsync("unlucky");
        await using var firehose = await FirehoseReader.OpenAsync(pds.Url);

        pds.Luck.FailingSaves = 1;
        var failed = await SignUpAsync("unlucky.test", "unlucky");

        Assert.Equal("Internal Server Error", failed.Refused(500, "InternalServerError").Message);
        Assert.Equal(accounts, await CountAccountsAsync());
        Assert.Equal(0, await pds.CountUsesAsync("unlucky"));
        (await pds.Anyone.GetAsync("com.atproto.identity.resolveHandle", new { handle = "unlucky.test" })).Refused(400, "HandleNotFound");
        var retracted = Assert.Single((await IdentitiesAsync()).Except(identities));
        Assert.Equal(404, (int)(await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/plc/{retracted}"))).Status);

        var again = (await SignUpAsync("unlucky.test", "unlucky")).Ok();

        Assert.NotEqual(retracted, again.GetProperty("did").GetString());
        Assert.Equal(again.GetProperty("did").GetString(), (await firehose.NextAsync()).Did); // and nothing of the first attempt before it
    }

    [Fact]
    public async Task Creates_no_account_when_the_directory_cannot_be_reached()
    {
        var accounts = await CountAccountsAsync();
        await pds.InviteAsync("unreachable");

        pds.Luck.FailingSubmits = 1;
        (await SignUpAsync("unreachable.test", "unreachable")).Refused(502, "UpstreamFailure");

        Assert.Equal(accounts, await CountAccountsAsync());
        Assert.Equal(0, await pds.CountUsesAsync("unreachable"));
        (await SignUpAsync("unreachable.test", "unreachable")).Ok();
    }

    private Task<XrpcAnswer> SignUpAsync(string handle, string inviteCode) =>
        pds.Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email = $"{handle}@example.com", password = "password", inviteCode });

    private async Task<int> CountAccountsAsync() => (await pds.Anyone.GetAsync("com.atproto.sync.listRepos")).Ok().GetProperty("repos").GetArrayLength();

    private async Task<HashSet<string>> IdentitiesAsync()
    {
        var export = (await pds.Anyone.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/plc/export"))).Text;
        return [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("did").GetString()!)];
    }

    /// <summary>How many of the next attempts fail.</summary>
    public sealed class Odds
    {
        public int FailingSaves { get; set; }

        public int FailingSubmits { get; set; }
    }

    public sealed class Unlucky : PdsFixture
    {
        public Odds Luck { get; } = new();

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services
            .Decorate<IUnitOfWork>(inner => new UnluckyUnitOfWork(inner, Luck))
            .Decorate<IPlcDirectory>(inner => new UnluckyDirectory(inner, Luck));
    }

    private sealed class UnluckyUnitOfWork(IUnitOfWork inner, Odds luck) : IUnitOfWork
    {
        public Task SaveChangesAsync(CancellationToken ct) => luck.FailingSaves-- > 0 ? throw new IOException("The disk of the test is broken") : inner.SaveChangesAsync(ct);

        public void AfterSave(Func<CancellationToken, Task> action) => inner.AfterSave(action);
    }

    private sealed class UnluckyDirectory(IPlcDirectory inner, Odds luck) : IPlcDirectory
    {
        public Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct) =>
            luck.FailingSubmits-- > 0 ? throw XrpcException.UpstreamFailure("The directory cannot be reached") : inner.SubmitAsync(did, operation, ct);

        public Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct) => inner.FindDocumentAsync(did, ct);

        public Task<PlcLog?> FindLogAsync(Did did, CancellationToken ct) => inner.FindLogAsync(did, ct);
    }
}
