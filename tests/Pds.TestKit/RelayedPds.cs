namespace Pds.TestKit;

/// <summary>A server with a relay of its own.</summary>
public class RelayedPds : PdsFixture
{
    public FakeRelay Relay { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Sync:Crawlers"] = Relay.Url };

    public override async Task InitializeAsync()
    {
        Relay = await FakeRelay.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Relay.DisposeAsync();
    }
}
