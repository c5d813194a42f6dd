using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Pds.TestKit;

/// <summary>A host of clients' documents that does on its connections what a test wants, HTTP or not: <c>https://app.example.com</c>, on loopback.</summary>
public sealed class HostileHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Stream, CancellationToken, Task> _act;
    private readonly bool _speaksTls;
    private readonly Task _accepting;

    /// <param name="act">What it does on each connection, which is closed after that.</param>
    /// <param name="speaksTls">Whether it gets as far as TLS before.</param>
    public HostileHost(Func<Stream, CancellationToken, Task> act, bool speaksTls = true)
    {
        (_act, _speaksTls) = (act, speaksTls);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>A client whose document would be there.</summary>
    public string ClientId => $"https://{ClientSite.Host}:{((IPEndPoint)_listener.LocalEndpoint).Port}/client.json";


    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            if (!_speaksTls)
            {
                await _act(client.GetStream(), _end.Token);
                return;
            }

            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestCertificates.For(ClientSite.Host) }, _end.Token);
            var request = new byte[4096];
            await tls.ReadAtLeastAsync(request, 1, throwOnEndOfStream: false, _end.Token);
            await _act(tls, _end.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            // Whoever asked has enough of it.
        }
    }
}
