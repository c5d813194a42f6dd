using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class OAuthSessionStoreContract : StoreContract
{
    private static readonly ClientId Client = ClientId.Parse("https://app.example.com/client.json");

    private protected OAuthSessionStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_by_id_by_code_and_in_the_list()
    {
        var made = Make(Alice) with { ClientKey = new ClientKey("key-1", "ES256", "thumbprint"), RefreshHash = Bytes(1), PreviousHash = Bytes(2) };
        await AddAsync(made);

        foreach (var found in new[] { await FindAsync(made.Id), await FindByCodeAsync(made.CodeHash), Assert.Single(await ListAsync(Alice)) })
        {
            Assert.Equal(Bare(made), Bare(found!));
            Assert.Equal(made.CodeHash.ToArray(), found!.CodeHash.ToArray());
            Assert.Equal(Bytes(1), found.RefreshHash!.Value.ToArray());
            Assert.Equal(Bytes(2), found.PreviousHash!.Value.ToArray());
        }
    }

    [Fact]
    public async Task What_a_session_does_not_have_stays_absent()
    {
        var made = Make(Alice);
        await AddAsync(made);

        foreach (var found in new[] { await FindAsync(made.Id), await FindByCodeAsync(made.CodeHash) })
            Assert.Equal((null, null, null), (found!.ClientKey, found.RefreshHash, found.PreviousHash));
    }

    [Fact]
    public async Task Keeps_what_changes_when_it_is_refreshed()
    {
        var made = Make(Alice) with { RefreshHash = Bytes(1) };
        await AddAsync(made);
        var renewed = made with { Scope = "atproto", RefreshedAt = Now.AddHours(1), ExpiresAt = Now.AddDays(2), RefreshHash = Bytes(3), PreviousHash = Bytes(1), ClientKey = new ClientKey("k", "ES256", "t") };

        await SaveAsync<IOAuthSessionStore>(store => store.UpdateAsync(renewed, CancellationToken.None));

        var found = await FindAsync(made.Id);
        Assert.Equal(Bare(renewed), Bare(found!));
        Assert.Equal(Bytes(3), found!.RefreshHash!.Value.ToArray());
    }

    [Fact]
    public async Task Lists_an_account_only_its_own_the_last_refreshed_first()
    {
        var (old, young) = (Make(Alice), Make(Alice) with { RefreshedAt = Now.AddMinutes(1) });
        await AddAsync(old, young, Make(Bob));

        Assert.Equal([young.Id, old.Id], (await ListAsync(Alice)).Select(session => session.Id));
    }

    [Fact]
    public async Task Removes_one_and_leaves_the_rest()
    {
        var (ended, other) = (Make(Alice), Make(Alice));
        await AddAsync(ended, other);

        await SaveAsync<IOAuthSessionStore>(store => store.RemoveAsync(ended.Id, CancellationToken.None));

        Assert.Null(await FindAsync(ended.Id));
        Assert.NotNull(await FindAsync(other.Id));
    }

    [Fact]
    public async Task Removes_all_whose_time_has_run_out_and_no_others()
    {
        var young = Make(Alice);
        await AddAsync([.. Enumerable.Range(0, 60).Select(_ => Make(Alice) with { ExpiresAt = Now.AddMinutes(-1) }), young]);

        Assert.Equal(60, await AskAsync<IOAuthSessionStore, int>(store => store.RemoveExpiredAsync(Now, CancellationToken.None)));

        Assert.Equal(young.Id, Assert.Single(await ListAsync(Alice)).Id);
    }

    [Fact]
    public async Task Keeps_a_consent_for_each_account_and_client()
    {
        await HaveAccountAsync(Alice);
        await SaveAsync<IOAuthSessionStore>(store => store.PutConsentAsync(Alice, Client, "atproto", CancellationToken.None));
        await SaveAsync<IOAuthSessionStore>(store => store.PutConsentAsync(Alice, Client, "atproto transition:email", CancellationToken.None));

        Assert.Equal("atproto transition:email", await FindConsentAsync(Alice, Client));
        Assert.Null(await FindConsentAsync(Bob, Client));
        Assert.Null(await FindConsentAsync(Alice, ClientId.Parse("http://localhost")));

        await SaveAsync<IOAuthSessionStore>(store => store.RemoveConsentAsync(Alice, Client, CancellationToken.None));
        Assert.Null(await FindConsentAsync(Alice, Client));
    }

    [Fact]
    public async Task Keeps_nothing_of_an_account_that_is_not_here()
    {
        var made = Make(Bob);

        var session = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IOAuthSessionStore>(store => store.Add(made)));
        var consent = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IOAuthSessionStore>(store => store.PutConsentAsync(Bob, Client, "atproto", CancellationToken.None)));

        Assert.Equal(("AccountNotFound", "AccountNotFound"), (session.Name, consent.Name));
        Assert.Null(await FindAsync(made.Id));
    }

    private OAuthSession Make(Did did)
    {
        var id = OAuthSession.NewId();
        return new OAuthSession(
            id, did, Client, ClientKey: null, DeviceId.New(), "thumbprint", "atproto transition:generic", "atproto transition:generic",
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)), Now, Now, Now.AddDays(14));
    }

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, 32)];

    /// <summary>Without what records do not compare by value.</summary>
    private static OAuthSession Bare(OAuthSession session) => session with { CodeHash = default, RefreshHash = null, PreviousHash = null };

    private async Task AddAsync(params OAuthSession[] sessions)
    {
        foreach (var did in sessions.Select(session => session.Did).Distinct()) await HaveAccountAsync(did);
        await SaveAsync<IOAuthSessionStore>(store => Array.ForEach(sessions, store.Add));
    }

    private Task<OAuthSession?> FindAsync(string id) => AskAsync<IOAuthSessionStore, OAuthSession?>(store => ValueTask.FromResult(store.Find(id)));

    private Task<OAuthSession?> FindByCodeAsync(ReadOnlyMemory<byte> hash) => AskAsync<IOAuthSessionStore, OAuthSession?>(store => store.FindByCodeAsync(hash, CancellationToken.None));

    private Task<IReadOnlyList<OAuthSession>> ListAsync(Did did) => AskAsync<IOAuthSessionStore, IReadOnlyList<OAuthSession>>(store => store.ListAsync(did, CancellationToken.None));

    private Task<string?> FindConsentAsync(Did did, ClientId client) => AskAsync<IOAuthSessionStore, string?>(store => store.FindConsentAsync(did, client, CancellationToken.None));
}
