using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class InviteStoreContract : StoreContract
{
    private static readonly Did Carol = Did.Parse("did:plc:cccccccccccccccccccccccc");

    private protected InviteStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_of_a_code_and_its_uses_newest_first()
    {
        var code = new InviteCode("pds-abcde-fghij", 5, Disabled: false, InviteOwner.Of(Alice), InviteOwner.Admin, Now);
        await SaveAsync<IInviteStore>(invites =>
        {
            invites.Add(code);
            invites.AddUse(code.Code, new InviteCodeUse(Alice, Now));
            invites.AddUse(code.Code, new InviteCodeUse(Bob, Now.AddSeconds(1)));
        });

        var found = Assert.Single(await ListOfAsync(Alice));

        Assert.Equal(code, found with { Uses = code.Uses });
        Assert.Equal([new InviteCodeUse(Bob, Now.AddSeconds(1)), new InviteCodeUse(Alice, Now)], found.Uses);
    }

    [Fact]
    public async Task Takes_a_code_of_an_earlier_server_as_it_was_and_leaves_alone_what_is_here_of_it()
    {
        var used = new InviteCode("pds-abcde-fghij", 1, Disabled: true, InviteOwner.Of(Alice), InviteOwner.Admin, Now) { Uses = [new InviteCodeUse(Bob, Now)] };
        await SaveAsync<IInviteStore>(invites => invites.AddPast(used));

        await SaveAsync<IInviteStore>(invites => invites.AddPast(used with { AvailableUses = 9, Disabled = false, Uses = [new InviteCodeUse(Bob, Now.AddDays(1)), new InviteCodeUse(Carol, Now.AddDays(-1))] }));

        var found = Assert.Single(await ListOfAsync(Alice));
        Assert.Equal((1, true), (found.AvailableUses, found.Disabled));
        Assert.Equal([new InviteCodeUse(Bob, Now), new InviteCodeUse(Carol, Now.AddDays(-1))], found.Uses);
    }

    [Fact]
    public async Task Lists_the_codes_of_an_account_oldest_first_and_nobody_elses()
    {
        await SaveAsync<IInviteStore>(invites =>
        {
            invites.Add(Code("b", owner: Alice, createdAt: Now.AddSeconds(1)));
            invites.Add(Code("a", owner: Alice, createdAt: Now.AddSeconds(2)));
            invites.Add(Code("c", owner: Bob));
            invites.Add(Code("d"));
        });

        Assert.Equal(["b", "a"], (await ListOfAsync(Alice)).Select(code => code.Code));
        Assert.Equal(["c"], (await ListOfAsync(Bob)).Select(code => code.Code));
    }

    [Fact]
    public async Task Finds_the_code_that_an_account_signed_up_with()
    {
        await SaveAsync<IInviteStore>(invites =>
        {
            invites.Add(Code("one", owner: Alice));
            invites.AddUse("one", new InviteCodeUse(Bob, Now));
        });

        var found = await AskAsync<IInviteStore, IReadOnlyDictionary<Did, InviteCode>>(invites => invites.FindUsedByAsync([Alice, Bob, Bob], CancellationToken.None));

        Assert.Equal([Bob], found.Keys);
        Assert.Equal("one", found[Bob].Code);
    }

    [Fact]
    public async Task Finds_the_codes_of_more_accounts_than_one_statement_asks_for()
    {
        var many = Enumerable.Range(0, 230).Select(i => Did.Parse($"did:plc:{i:d24}")).ToList();
        await SaveAsync<IInviteStore>(invites =>
        {
            foreach (var did in many)
            {
                invites.Add(Code($"of {did}", owner: did));
                invites.AddUse($"of {did}", new InviteCodeUse(did, Now));
            }
        });

        var own = await AskAsync<IInviteStore, ILookup<Did, InviteCode>>(invites => invites.ListOfAsync(many, CancellationToken.None));
        var used = await AskAsync<IInviteStore, IReadOnlyDictionary<Did, InviteCode>>(invites => invites.FindUsedByAsync(many, CancellationToken.None));

        Assert.All(many, did => Assert.Equal($"of {did}", Assert.Single(own[did]).Code));
        Assert.All(many, did => Assert.Equal(did, Assert.Single(used[did].Uses).UsedBy));
    }

    [Theory]
    [InlineData(InviteSort.Recent, "e d c b a")]
    [InlineData(InviteSort.Usage, "b a e d c")]
    public async Task Lists_everybodys_codes_in_pages_of_any_size(InviteSort sort, string expected)
    {
        await SaveAsync<IInviteStore>(invites =>
        {
            foreach (var (name, age) in new[] { ("a", 0), ("b", 1), ("c", 1), ("d", 1), ("e", 2) }) invites.Add(Code(name, uses: 9, createdAt: Now.AddSeconds(age)));
            invites.AddUse("a", new InviteCodeUse(Alice, Now));
            invites.AddUse("b", new InviteCodeUse(Alice, Now));
            invites.AddUse("b", new InviteCodeUse(Bob, Now));
        });

        for (var size = 1; size <= 6; size++) Assert.Equal(expected, string.Join(' ', await ListInPagesAsync(sort, size)));
    }

    [Fact]
    public async Task A_code_is_usable_until_it_is_used_up()
    {
        await SaveAsync<IInviteStore>(invites => invites.Add(Code("two", uses: 2)));
        await SaveAsync<IInviteStore>(invites => invites.AddUse("two", new InviteCodeUse(Alice, Now)));
        Assert.True(await IsUsableAsync("two"));

        await SaveAsync<IInviteStore>(invites => invites.AddUse("two", new InviteCodeUse(Bob, Now)));

        Assert.False(await IsUsableAsync("two"));
        await UseIsRefusedAsync("two");
    }

    [Fact]
    public async Task A_code_that_is_not_there_or_disabled_is_not_usable()
    {
        await SaveAsync<IInviteStore>(invites =>
        {
            invites.Add(Code("one"));
            invites.Add(Code("two", owner: Alice));
            invites.Add(Code("three", owner: Bob));
        });

        await SaveAsync<IInviteStore>(invites =>
        {
            invites.Disable("one");
            invites.DisableAllOf(Alice);
            invites.Disable("nothing");
        });

        foreach (var code in new[] { "one", "two", "nothing" }) await UseIsRefusedAsync(code);
        Assert.True(await IsUsableAsync("three"));
    }

    [Fact]
    public async Task A_code_of_an_account_that_was_taken_down_is_not_usable_and_one_of_an_account_that_is_not_here_is()
    {
        await SaveAsync<IInviteStore>(invites =>
        {
            invites.Add(Code("of-alice", owner: Alice));
            invites.Add(Code("of-bob", owner: Bob));
        });
        await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(Alice, "alice.test") with { TakedownRef = "of the test" }, null));

        await UseIsRefusedAsync("of-alice");
        Assert.True(await IsUsableAsync("of-bob"));
    }

    [Fact]
    public async Task A_use_that_was_good_when_it_was_buffered_is_refused_if_the_code_is_void_when_it_is_saved()
    {
        await SaveAsync<IInviteStore>(invites => invites.Add(Code("one", uses: 9)));

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IInviteStore>(async invites =>
        {
            invites.AddUse("one", new InviteCodeUse(Alice, Now));
            await SaveAsync<IInviteStore>(others => others.Disable("one"));
        }));

        Assert.Equal("InvalidInviteCode", refusal.Name);
        Assert.Empty(await AskAsync<IInviteStore, IReadOnlyDictionary<Did, InviteCode>>(invites => invites.FindUsedByAsync([Alice], CancellationToken.None)));
    }

    [Fact]
    public async Task Lets_nobody_use_a_code_twice()
    {
        await SaveAsync<IInviteStore>(invites => invites.Add(Code("one", uses: 9, owner: Alice)));
        await SaveAsync<IInviteStore>(invites => invites.AddUse("one", new InviteCodeUse(Alice, Now)));

        await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IInviteStore>(invites => invites.AddUse("one", new InviteCodeUse(Alice, Now))));

        Assert.Single(Assert.Single(await ListOfAsync(Alice)).Uses);
    }

    [Fact]
    public async Task Earned_codes_are_refused_whole_if_somebody_else_gave_some_meanwhile_and_gifts_do_not_count()
    {
        await SaveAsync<IInviteStore>(invites => invites.Add(Code("gift", owner: Alice)));
        await SaveAsync<IInviteStore>(invites => invites.AddEarned(Alice, [Earned("first")], total: 1));

        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IInviteStore>(invites => invites.AddEarned(Alice, [Earned("second")], total: 1)));

        Assert.Equal("DuplicateCreate", refusal.Name);
        Assert.Equal(["first", "gift"], (await ListOfAsync(Alice)).Select(code => code.Code));
    }

    private InviteCode Code(string name, int uses = 1, Did? owner = null, DateTimeOffset? createdAt = null) =>
        new(name, uses, Disabled: false, owner is null ? InviteOwner.Admin : InviteOwner.Of(owner), InviteOwner.Admin, createdAt ?? Now);

    private InviteCode Earned(string name) => Code(name, owner: Alice) with { CreatedBy = InviteOwner.Of(Alice) };

    private Task<bool> IsUsableAsync(string code) => AskAsync<IInviteStore, bool>(invites => invites.IsUsableAsync(code, CancellationToken.None));

    private async Task<IEnumerable<InviteCode>> ListOfAsync(Did did) =>
        (await AskAsync<IInviteStore, ILookup<Did, InviteCode>>(invites => invites.ListOfAsync([did], CancellationToken.None)))[did];

    private async Task UseIsRefusedAsync(string code)
    {
        Assert.False(await IsUsableAsync(code));
        var refusal = await Assert.ThrowsAsync<XrpcException>(() => SaveAsync<IInviteStore>(invites => invites.AddUse(code, new InviteCodeUse(Carol, Now))));
        Assert.Equal("InvalidInviteCode", refusal.Name);
    }

    private async Task<List<string>> ListInPagesAsync(InviteSort sort, int size)
    {
        var names = new List<string>();
        InvitePosition? after = null;
        while (true)
        {
            var page = await AskAsync<IInviteStore, IReadOnlyList<InviteCode>>(invites => invites.ListAsync(sort, after, size, CancellationToken.None));
            if (page.Count == 0) return names;
            names.AddRange(page.Select(code => code.Code));
            after = new InvitePosition(sort == InviteSort.Recent ? page[^1].CreatedAt.ToUnixTimeMilliseconds() : page[^1].Uses.Count, page[^1].Code);
        }
    }
}
