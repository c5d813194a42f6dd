using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Server;

public sealed class CheckAccountStatusTests(CheckAccountStatusTests.WithDirectory pds) : IClassFixture<CheckAccountStatusTests.WithDirectory>
{
    private const string Method = "com.atproto.server.checkAccountStatus";

    [Fact]
    public async Task Describes_a_new_account()
    {
        var alice = await pds.SignUpAsync();
        var (head, rev) = await alice.GetLatestCommitAsync();

        var status = (await alice.GetAsync(Method)).Ok();

        Assert.True(status.GetProperty("activated").GetBoolean());
        Assert.True(status.GetProperty("validDid").GetBoolean());
        Assert.Equal((head.ToString(), rev.ToString()), (status.GetProperty("repoCommit").GetString(), status.GetProperty("repoRev").GetString()));
        Assert.Equal((2, 0, 0, 0), await FiguresAsync(alice)); // the commit and the root of an empty tree
        Assert.Equal(0, status.GetProperty("privateStateValues").GetInt32());
    }

    /// <summary>The figures are those of the official server for the same repo, which a client compares them with.</summary>
    [Fact]
    public async Task Counts_as_the_official_server_does()
    {
        var alice = await pds.SignUpAsync();
        const string Collection = "com.example.item";

        for (var i = 0; i < 500; i += 100)
            (await alice.ApplyWritesAsync([.. Enumerable.Range(i, 100).Select(n => Writes.Create(Collection, new { n }, $"k{n}"))])).Ok();
        Assert.Equal((628, 500, 0, 0), await FiguresAsync(alice));

        (await alice.ApplyWritesAsync([.. Enumerable.Range(0, 5).Select(n => Writes.Create(Collection, new { same = 1 }, $"s{n}"))])).Ok();
        Assert.Equal((630, 505, 0, 0), await FiguresAsync(alice));
        (await alice.ApplyWritesAsync(Writes.Delete(Collection, "s0"), Writes.Delete(Collection, "s1"))).Ok();
        Assert.Equal((630, 503, 0, 0), await FiguresAsync(alice));

        (await alice.ApplyWritesAsync([.. Enumerable.Range(0, 100).Select(n => Writes.Delete(Collection, $"k{n * 3}"))])).Ok();
        Assert.Equal((508, 403, 0, 0), await FiguresAsync(alice));
        (await alice.PutRecordAsync(new { n = -1 }, Collection, "k1")).Ok();
        Assert.Equal((508, 403, 0, 0), await FiguresAsync(alice));

        var (x, y) = (await alice.UploadBlobAsync("one"u8.ToArray()), await alice.UploadBlobAsync("two"u8.ToArray()));
        await alice.UploadBlobAsync("mentioned by nobody"u8.ToArray());
        Assert.Equal((508, 403, 0, 3), await FiguresAsync(alice));
        (await alice.ApplyWritesAsync(Writes.Create(Collection, new { x }, "f1"), Writes.Create(Collection, new { x, y }, "f2"))).Ok();
        Assert.Equal((510, 405, 2, 3), await FiguresAsync(alice));
        (await alice.DeleteRecordAsync(Collection, "f2")).Ok();
        Assert.Equal((509, 404, 1, 2), await FiguresAsync(alice));
    }

    [Fact]
    public async Task Says_whether_the_account_is_switched_on()
    {
        var alice = await pds.SignUpAsync();
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();

        Assert.False((await alice.GetAsync(Method)).Ok().GetProperty("activated").GetBoolean());
    }

    [Fact]
    public async Task Says_whether_the_identity_is_this_servers_to_use_as_it_is_now()
    {
        var alice = await pds.SignUpAsync();

        await pds.ChangeIdentityAsync(alice.Did, state => state.WithPds(new Uri("https://elsewhere.example.com")));
        Assert.False((await alice.GetAsync(Method)).Ok().GetProperty("validDid").GetBoolean());

        await pds.ChangeIdentityAsync(alice.Did, state => state.WithPds(new Uri(pds.Url)));
        Assert.True((await alice.GetAsync(Method)).Ok().GetProperty("validDid").GetBoolean());
    }

    [Fact]
    public async Task Answers_when_the_directory_does_not()
    {
        var alice = await pds.SignUpAsync();

        pds.Unreachable.Add(alice.Did);

        Assert.False((await alice.GetAsync(Method)).Ok().GetProperty("validDid").GetBoolean());
        (await alice.PostAsync("com.atproto.server.activateAccount")).Refused(502, "UpstreamFailure");
    }

    [Fact]
    public async Task Takes_every_password_of_the_account_and_nothing_else()
    {
        var alice = await pds.SignUpAsync();

        (await pds.As(alice.Did, SessionScope.AppPass).GetAsync(Method)).Ok();
        (await pds.Anyone.GetAsync(Method)).Refused(401, "AuthMissing");
        (await pds.Admin.GetAsync(Method)).Refused(400, "InvalidToken");
        await pds.TakeDownAsync(alice.Did);
        (await pds.As(alice.Did, SessionScope.Takendown).GetAsync(Method)).Refused(400, "InvalidToken");
    }

    private static async Task<(int Blocks, int Records, int Expected, int Imported)> FiguresAsync(Actor actor)
    {
        var status = (await actor.GetAsync(Method)).Ok();
        int Figure(string name) => status.GetProperty(name).GetInt32();
        return (Figure("repoBlocks"), Figure("indexedRecords"), Figure("expectedBlobs"), Figure("importedBlobs"));
    }

    public sealed class WithDirectory : PdsFixture
    {
        /// <summary>The DIDs that the directory has no answer for.</summary>
        public HashSet<Did> Unreachable { get; } = [];

        protected override void Adjust(WebApplicationBuilder builder) => builder.Services.Decorate<IPlcDirectory>(inner => new PatchyDirectory(inner, Unreachable));
    }

    private sealed class PatchyDirectory(IPlcDirectory inner, HashSet<Did> unreachable) : IPlcDirectory
    {
        public Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct) => inner.SubmitAsync(did, operation, ct);

        public Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct) => inner.FindDocumentAsync(did, ct);

        public Task<PlcLog?> FindLogAsync(Did did, CancellationToken ct) =>
            unreachable.Contains(did) ? throw XrpcException.UpstreamFailure("The PLC directory cannot be reached") : inner.FindLogAsync(did, ct);
    }
}
