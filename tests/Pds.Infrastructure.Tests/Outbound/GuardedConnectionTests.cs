using System.Net;
using System.Net.Sockets;
using Pds.Application.Options;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Tests.Outbound;

public sealed class GuardedConnectionTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DnsEndPoint _target;
    private int _lookUps;

    public GuardedConnectionTests()
    {
        _listener.Start();
        _target = new DnsEndPoint("rebinding.example.com", ((IPEndPoint)_listener.LocalEndpoint).Port);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Connects_to_the_addresses_that_it_checked_without_asking_again()
    {
        var connection = Connection(allowsPrivate: true, "169.254.1.1", "127.0.0.1");

        await using var stream = await connection.OpenAsync(_target, CancellationToken.None);

        Assert.True(stream.CanWrite);
        Assert.Equal(1, _lookUps);
    }

    [Theory]
    [InlineData("127.0.0.1"), InlineData("::1"), InlineData("::ffff:127.0.0.1"), InlineData("192.168.0.1"), InlineData("169.254.169.254")]
    public async Task Refuses_a_name_that_leads_home(string address)
    {
        var connection = Connection(allowsPrivate: false, address);

        await Assert.ThrowsAsync<OutboundException>(async () => await connection.OpenAsync(_target, CancellationToken.None));

        Assert.False(_listener.Pending());
    }

    private GuardedConnection Connection(bool allowsPrivate, params string[] addresses) => new(
        new OutboundOptions { AllowPrivateAddresses = allowsPrivate, MaxResponseSize = 1024 * 1024 },
        (_, _) =>
        {
            _lookUps++;
            return Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]);
        });
}
