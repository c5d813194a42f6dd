using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class OAuthRequestStoreContract : StoreContract
{
    private static readonly byte[] CodeHash = [.. Enumerable.Repeat((byte)7, 32)];

    private protected OAuthRequestStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gives_back_every_field_of_a_request_that_nobody_has_answered(bool isConfidential)
    {
        var made = Make(isConfidential);
        await SaveAsync<IOAuthRequestStore>(store => store.Add(made));

        var found = await FindAsync(made.Id);

        Assert.Equal(Bare(made), Bare(found!));
        Assert.Equal(made.Parameters.Write(), found!.Parameters.Write());
        Assert.Null(found.Device);
        Assert.Null(found.Account);
        Assert.Null(found.CodeHash);
    }

    [Fact]
    public async Task Finds_an_accepted_request_by_its_code_until_it_is_removed()
    {
        await HaveAccountAsync(Alice);
        var made = Make();
        var accepted = made with { Device = DeviceId.New(), Account = Alice, CodeHash = CodeHash, ExpiresAt = Now.AddMinutes(7) };
        await SaveAsync<IOAuthRequestStore>(store => store.Add(made));
        await SaveAsync<IOAuthRequestStore>(store => store.UpdateAsync(accepted, CancellationToken.None));

        var found = await FindByCodeAsync();

        Assert.Equal(Bare(accepted), Bare(found!));
        Assert.Equal(CodeHash, found!.CodeHash!.Value.ToArray());
        await SaveAsync<IOAuthRequestStore>(store => store.RemoveAsync(made.Id, CancellationToken.None));
        Assert.Null(await FindByCodeAsync());
        Assert.Null(await FindAsync(made.Id));
    }

    [Fact]
    public async Task Two_requests_without_a_code_live_side_by_side()
    {
        var (one, other) = (Make(), Make());
        await SaveAsync<IOAuthRequestStore>(store => store.Add(one));
        await SaveAsync<IOAuthRequestStore>(store => store.Add(other));

        await SaveAsync<IOAuthRequestStore>(store => store.UpdateAsync(one with { Device = DeviceId.New() }, CancellationToken.None));
        await SaveAsync<IOAuthRequestStore>(store => store.UpdateAsync(other with { Device = DeviceId.New() }, CancellationToken.None));

        Assert.NotNull((await FindAsync(other.Id))!.Device);
    }

    [Fact]
    public async Task Nobody_accepts_for_an_account_that_is_not_here()
    {
        var made = Make();
        await SaveAsync<IOAuthRequestStore>(store => store.Add(made));

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IOAuthRequestStore>(store =>
            store.UpdateAsync(made with { Device = DeviceId.New(), Account = Bob, CodeHash = CodeHash }, CancellationToken.None)));

        Assert.Equal("AccountNotFound", refusal.Name);
        Assert.Null(await FindByCodeAsync());
    }

    [Fact]
    public async Task Removes_all_that_have_expired_and_no_others()
    {
        var (old, young) = (Enumerable.Range(0, 120).Select(_ => Make() with { ExpiresAt = Now.AddMinutes(-1) }).ToList(), Make());
        await SaveAsync<IOAuthRequestStore>(store =>
        {
            old.ForEach(store.Add);
            store.Add(young);
        });

        Assert.Equal(120, await AskAsync<IOAuthRequestStore, int>(store => store.RemoveExpiredAsync(Now, CancellationToken.None)));

        Assert.NotNull(await FindAsync(young.Id));
    }

    private PushedRequest Make(bool isConfidential = false) => new(
        RequestUri.New(),
        AuthorizationRequest.Read(ClientId.Parse("https://app.example.com/client.json"), new Dictionary<string, string>
        {
            ["response_type"] = "code",
            ["redirect_uri"] = "https://app.example.com/callback?a=b&c=d",
            ["scope"] = "atproto repo:app.bsky.feed.post?action=create",
            ["state"] = "a b&c=%ü",
            ["code_challenge"] = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            ["code_challenge_method"] = "S256",
        }),
        isConfidential ? new ClientKey("key-1", "ES256", "thumbprint") : null, Now, Now.AddMinutes(5));

    /// <summary>Without what records do not compare by value.</summary>
    private static PushedRequest Bare(PushedRequest request) => request with { CodeHash = null, Parameters = request.Parameters with { Locales = [] } };

    private Task<PushedRequest?> FindAsync(RequestUri id) => AskAsync<IOAuthRequestStore, PushedRequest?>(store => store.FindAsync(id, CancellationToken.None));

    private Task<PushedRequest?> FindByCodeAsync() => AskAsync<IOAuthRequestStore, PushedRequest?>(store => store.FindByCodeAsync(CodeHash, CancellationToken.None));
}
