using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>What every PLC directory does, embedded or elsewhere.</summary>
public abstract class PlcDirectoryContract
{
    private static readonly KeyFactory Keys = new();

    private readonly ISigningKey _strong = NewKey();
    private readonly ISigningKey _weak = NewKey();

    protected abstract IPlcDirectory Directory { get; }

    [ContractFact]
    public async Task Knows_nothing_of_a_did_that_nobody_published()
    {
        var unknown = PlcGenesis.Create(State("alice.test"), _weak).Did;

        Assert.Null(await Directory.FindDocumentAsync(unknown, CancellationToken.None));
        Assert.Null(await Directory.FindLogAsync(unknown, CancellationToken.None));
    }

    [ContractFact]
    public async Task Answers_a_new_identity_at_once()
    {
        var genesis = await PublishAsync();

        var document = await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None);
        var log = await Directory.FindLogAsync(genesis.Did, CancellationToken.None);

        Assert.Equal(genesis.Did, document!.Id);
        Assert.Equal("alice.test", document.Handle!.Value);
        Assert.Equal(new Uri("https://pds.example.com"), document.PdsEndpoint);
        Assert.Equal(_weak.PublicKey, document.SigningKey);
        Assert.Equal(genesis.Operation.Cid, Assert.Single(log!.Entries).Cid);
    }

    [ContractFact]
    public async Task Follows_an_identity_that_changes()
    {
        var genesis = await PublishAsync();
        var update = Update(genesis.Operation, "bob.test");

        await Directory.SubmitAsync(genesis.Did, update, CancellationToken.None);

        Assert.Equal("bob.test", (await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None))!.Handle!.Value);
        Assert.Equal(update.Cid, (await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!.Last!.Cid);
    }

    [ContractFact]
    public async Task Refuses_a_first_operation_under_the_did_of_another()
    {
        var (one, other) = (PlcGenesis.Create(State("alice.test"), _weak), PlcGenesis.Create(State("bob.test"), _weak));

        await RefusesAsync(one.Did, other.Operation);

        Assert.Null(await Directory.FindDocumentAsync(one.Did, CancellationToken.None));
    }

    [ContractFact]
    public async Task Refuses_what_is_signed_by_a_stranger()
    {
        var genesis = await PublishAsync();

        await RefusesAsync(genesis.Did, PlcRegularOperation.Sign(State("bob.test"), genesis.Operation.Cid, NewKey()));

        Assert.Equal("alice.test", (await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None))!.Handle!.Value);
    }

    [ContractFact]
    public async Task Refuses_a_second_successor_by_the_same_key()
    {
        var genesis = await PublishAsync();
        await Directory.SubmitAsync(genesis.Did, Update(genesis.Operation, "bob.test"), CancellationToken.None);

        await RefusesAsync(genesis.Did, Update(genesis.Operation, "carol.test"));

        Assert.Equal("bob.test", (await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None))!.Handle!.Value);
    }

    [ContractFact]
    public async Task Lets_a_stronger_key_strike_out_what_a_weaker_one_did()
    {
        var genesis = await PublishAsync();
        var theft = Update(genesis.Operation, "mallory.test");
        var recovery = Recover(genesis.Operation, "alice.test");

        await Directory.SubmitAsync(genesis.Did, theft, CancellationToken.None);
        await Directory.SubmitAsync(genesis.Did, recovery, CancellationToken.None);

        var log = (await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!;
        Assert.Equal([genesis.Operation.Cid, theft.Cid, recovery.Cid], log.Entries.Select(entry => entry.Cid));
        Assert.Equal([false, true, false], log.Entries.Select(entry => entry.Nullified));
        Assert.Equal("alice.test", (await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None))!.Handle!.Value);
    }

    [ContractFact]
    public async Task Ends_an_identity_and_keeps_its_log()
    {
        var genesis = await PublishAsync();

        await Directory.SubmitAsync(genesis.Did, PlcTombstone.Sign(genesis.Operation.Cid, _weak), CancellationToken.None);

        Assert.Null(await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None));
        Assert.IsType<PlcTombstone>((await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!.Last);
    }

    [ContractFact]
    public async Task Keeps_a_log_that_anyone_can_verify()
    {
        var genesis = await PublishAsync();
        await Directory.SubmitAsync(genesis.Did, Update(genesis.Operation, "bob.test"), CancellationToken.None);

        var log = (await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!;

        Assert.Equal(State("bob.test"), PlcLog.Verify(genesis.Did, log.Entries, new SignatureVerifier()).Data!.State);
    }

    private protected static ISigningKey NewKey() => Keys.Import(Keys.Generate(Curve.K256));

    private protected PlcState State(string handle) =>
        PlcState.Of([_strong.PublicKey, _weak.PublicKey], _weak.PublicKey, Handle.Parse(handle), new Uri("https://pds.example.com"));

    private protected PlcRegularOperation Update(PlcOperation after, string handle) => PlcRegularOperation.Sign(State(handle), after.Cid, _weak);

    private protected PlcRegularOperation Recover(PlcOperation after, string handle) => PlcRegularOperation.Sign(State(handle), after.Cid, _strong);

    private protected async Task<PlcGenesis> PublishAsync(string handle = "alice.test")
    {
        var genesis = PlcGenesis.Create(State(handle), _weak);
        await Directory.SubmitAsync(genesis.Did, genesis.Operation, CancellationToken.None);
        return genesis;
    }

    private protected async Task RefusesAsync(Did did, PlcOperation operation)
    {
        var refusal = await Assert.ThrowsAsync<PlcException>(() => Directory.SubmitAsync(did, operation, CancellationToken.None));
        Assert.NotEmpty(refusal.Message);
    }
}
