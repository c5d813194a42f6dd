using System.Diagnostics;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>A server with a name of its own is found by the relays of its settings without anybody's doing.</summary>
public sealed class RelayTests(RelayTests.PublicPds pds) : IClassFixture<RelayTests.PublicPds>
{
    [Fact]
    public async Task Asks_its_relays_to_come_once_it_serves_and_a_dead_one_holds_nothing_up()
    {
        await Eventually.IsTrueAsync(() => pds.Relay.Hostnames.Count > 0);

        Assert.Equal(["pds.example.com"], pds.Relay.Hostnames);
        var stopping = Stopwatch.GetTimestamp();
        await pds.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(stopping), TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    public sealed class PublicPds : PdsFixture
    {
        public FakeRelay Relay { get; private set; } = null!;

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Service:Hostname"] = "pds.example.com",
            ["Pds:Service:BindAddress"] = "127.0.0.1",
            ["Pds:Secrets:JwtSecret"] = "0123456789abcdef0123456789abcdef",
            ["Pds:Secrets:PlcRotationKey"] = "ad41b6f0fd0b8d6ff1aaf94ad5b7de21e9b9a3ee3c1c1e5a1c6ce1bd39b6c8a7",
            ["Pds:Identity:PlcUrl"] = "http://127.0.0.1:1",
            ["Pds:Sync:Crawlers"] = $"{Relay.Url},http://127.0.0.1:1",
        };

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
}
