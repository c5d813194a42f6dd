using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>What every PLC directory does for this server. Each test makes identities of its own: a directory may be one that others use too.</summary>
public abstract class PlcDirectoryContract : IAsyncLifetime
{
    private static readonly KeyFactory Keys = new();
    private static readonly Uri Pds = new("https://pds.example.com");

    private readonly ISigningKey _strong = Keys.Import(PrivateKey.Generate(Curve.K256));
    private readonly ISigningKey _weak = Keys.Import(PrivateKey.Generate(Curve.P256));

    private protected abstract IPlcDirectory Directory { get; }

    private PlcState State => PlcState.Of([_strong.PublicKey, _weak.PublicKey], _weak.PublicKey, Handle.Parse("alice.test"), Pds);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [ContractFact]
    public async Task Knows_nothing_of_a_did_that_nobody_registered()
    {
        var unknown = PlcGenesis.Create(State, _strong).Did;

        Assert.Null(await Directory.FindDocumentAsync(unknown, CancellationToken.None));
        Assert.Null(await Directory.FindLogAsync(unknown, CancellationToken.None));
    }

    [ContractFact]
    public async Task Shows_the_document_of_what_was_submitted()
    {
        var genesis = await RegisterAsync();

        var document = await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None);

        Assert.Equal(genesis.Did, document!.Id);
        Assert.Equal("alice.test", document.Handle!.Value);
        Assert.Equal(_weak.PublicKey, document.SigningKey);
        Assert.Equal("https://pds.example.com", document.PdsEndpoint!.OriginalString);
    }

    [ContractFact]
    public async Task Shows_what_came_last()
    {
        var genesis = await RegisterAsync();

        await SubmitAsync(genesis.Did, PlcRegularOperation.Sign(State.WithHandle(Handle.Parse("renamed.test")), genesis.Operation.Cid, _weak));

        Assert.Equal("renamed.test", (await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None))!.Handle!.Value);
    }

    [ContractFact]
    public async Task Keeps_a_log_that_proves_itself()
    {
        var genesis = await RegisterAsync();
        var update = PlcRegularOperation.Sign(State.WithHandle(Handle.Parse("renamed.test")), genesis.Operation.Cid, _weak);
        await SubmitAsync(genesis.Did, update);

        var log = await Directory.FindLogAsync(genesis.Did, CancellationToken.None);

        Assert.Equal([genesis.Operation.Cid, update.Cid], log!.Entries.Select(entry => entry.Cid));
        PlcLog.Verify(genesis.Did, log.Entries, new SignatureVerifier());
    }

    [ContractFact]
    public async Task Lets_a_stronger_key_strike_out_what_a_weaker_one_did()
    {
        var genesis = await RegisterAsync();
        var theft = PlcRegularOperation.Sign(State.WithHandle(Handle.Parse("stolen.test")), genesis.Operation.Cid, _weak);
        await SubmitAsync(genesis.Did, theft);

        var recovery = PlcRegularOperation.Sign(State.WithHandle(Handle.Parse("recovered.test")), genesis.Operation.Cid, _strong);
        await SubmitAsync(genesis.Did, recovery);

        var log = await Directory.FindLogAsync(genesis.Did, CancellationToken.None);
        Assert.Equal([false, true, false], log!.Entries.Select(entry => entry.Nullified));
        Assert.Equal("recovered.test", (await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None))!.Handle!.Value);
    }

    [ContractFact]
    public async Task Has_no_document_but_a_log_of_an_identity_that_is_no_more()
    {
        var genesis = await RegisterAsync();

        await SubmitAsync(genesis.Did, PlcTombstone.Sign(genesis.Operation.Cid, _strong));

        Assert.Null(await Directory.FindDocumentAsync(genesis.Did, CancellationToken.None));
        Assert.Null((await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!.Data);
    }

    [ContractFact]
    public async Task Refuses_what_does_not_fit_and_changes_nothing()
    {
        var genesis = await RegisterAsync();
        var stranger = Keys.Import(PrivateKey.Generate(Curve.K256));
        var other = PlcGenesis.Create(State.WithHandle(Handle.Parse("other.test")), _strong);

        await RefusesAsync(genesis.Did, genesis.Operation); // again
        await RefusesAsync(genesis.Did, other.Operation); // a second beginning
        await RefusesAsync(genesis.Did, PlcRegularOperation.Sign(State, genesis.Operation.Cid, stranger));
        await RefusesAsync(genesis.Did, PlcRegularOperation.Sign(State, other.Operation.Cid, _strong)); // follows another's
        await RefusesAsync(PlcGenesis.Create(State.WithHandle(Handle.Parse("third.test")), _strong).Did, other.Operation); // not its DID

        Assert.Single((await Directory.FindLogAsync(genesis.Did, CancellationToken.None))!.Entries);
    }

    private async Task<PlcGenesis> RegisterAsync()
    {
        var genesis = PlcGenesis.Create(State, _strong);
        await SubmitAsync(genesis.Did, genesis.Operation);
        return genesis;
    }

    private Task SubmitAsync(Did identity, PlcOperation operation) => Directory.SubmitAsync(identity, operation, CancellationToken.None);

    private async Task RefusesAsync(Did identity, PlcOperation operation) =>
        Assert.NotEmpty((await Assert.ThrowsAsync<PlcException>(() => SubmitAsync(identity, operation))).Message);
}
