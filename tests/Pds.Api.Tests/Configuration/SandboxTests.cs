using System.Net;
using Microsoft.Extensions.Configuration;
using Pds.Api.Configuration;
using Pds.Domain.Syntax;

namespace Pds.Api.Tests.Configuration;

public sealed class SandboxTests : IDisposable
{
    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Nothing_configured_is_a_sandbox()
    {
        var options = PdsConfiguration.ReadWithoutListening(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Pds:Storage:DataDirectory", _server.Data)]).Build());

        Assert.True(options.Service.IsSandbox);
        Assert.Equal("localhost", options.Service.Hostname);
        Assert.Equal("http://localhost:2583", options.Service.PublicUrl);
        Assert.Equal(Did.Parse("did:web:localhost"), options.Service.Did);
        Assert.Equal("0.1.0", options.Service.Version);
        Assert.False(options.Service.InviteRequired);
        Assert.Equal([".test"], options.Identity.HandleDomains);
        Assert.Null(options.Identity.PlcUrl);
        Assert.Equal(_server.PathOf("blobs"), options.Storage.BlobDirectory);
        Assert.Equal(5_242_880, options.Storage.BlobUploadLimit);
        Assert.Equal(TimeSpan.FromDays(1), options.Sync.BackfillLimit);
        Assert.Equal(500, options.Sync.MaxSubscriptionBuffer);
        Assert.True(options.Outbound.AllowPrivateAddresses);
        Assert.Equal(524_288, options.Outbound.MaxResponseSize);
        Assert.Null(options.LogLevel);
        Assert.True(options.AdminPasswordIsGenerated);
        Assert.Empty(options.Warnings);
    }

    [Fact]
    public void Listens_on_loopback_only()
    {
        var options = _server.Read();

        Assert.All(options.Listening!.EndPoints, endPoint => Assert.True(IPAddress.IsLoopback(endPoint.Address)));
    }

    [Fact]
    public void The_public_url_has_the_port_that_the_system_chose()
    {
        var options = _server.Read(("PDS_PORT", "0"));

        Assert.NotEqual(0, options.Listening!.Port);
        Assert.Equal($"http://localhost:{options.Listening.Port}", options.Service.PublicUrl);
    }

    [Fact]
    public void Keeps_the_directory_that_the_operator_names()
    {
        var options = _server.Read(("PDS_DID_PLC_URL", "http://localhost:2582"), ("PDS_SERVICE_DID", "did:web:sandbox.example.com"));

        Assert.Equal(new Uri("http://localhost:2582"), options.Identity.PlcUrl);
        Assert.Equal("did:web:sandbox.example.com", options.Service.Did.Value);
    }

    [Fact]
    public void Its_secrets_survive_a_restart()
    {
        var first = _server.Read();
        var second = _server.Read();

        Assert.Equal(first.Secrets.JwtSecret, second.Secrets.JwtSecret);
        Assert.Equal(first.Secrets.AdminPassword, second.Secrets.AdminPassword);
        Assert.Equal(first.Identity.PlcRotationKey.Reveal(), second.Identity.PlcRotationKey.Reveal());
        Assert.Equal(first.Secrets.KeyEncryptionKey.Reveal(), second.Secrets.KeyEncryptionKey.Reveal());
    }

    [Fact]
    public void Two_sandboxes_have_different_secrets()
    {
        using var other = new ScratchServer();

        Assert.NotEqual(_server.Read().Secrets.JwtSecret, other.Read().Secrets.JwtSecret);
    }

    [Fact]
    public void A_secret_that_is_given_beats_the_one_that_was_made()
    {
        _server.Read();

        var options = _server.Read(("PDS_ADMIN_PASSWORD", "admin"));

        Assert.Equal("admin", options.Secrets.AdminPassword.Reveal());
        Assert.False(options.AdminPasswordIsGenerated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON: hunter2")]
    [InlineData("null")]
    [InlineData("""{"jwtSecret":"hunter2"}""")]
    [InlineData("""{"jwtSecret":"hunter2","adminPassword":"hunter2","plcRotationKeyHex":"hunter2"}""")]
    public void A_damaged_file_of_secrets_stops_the_start(string contents)
    {
        File.WriteAllText(_server.PathOf("sandbox-secrets.json"), contents);

        var refusal = _server.Refuses();

        Assert.Contains("sandbox-secrets.json does not hold the sandbox's secrets", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }
}
