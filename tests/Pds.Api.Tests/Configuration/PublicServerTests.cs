using System.Net;
using Pds.Api.Configuration;

namespace Pds.Api.Tests.Configuration;

public sealed class PublicServerTests : IDisposable
{
    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Has_the_defaults_of_production()
    {
        var options = _server.Read(ScratchServer.Public());

        Assert.False(options.Service.IsSandbox);
        Assert.Equal("https://pds.example.com", options.Service.PublicUrl);
        Assert.Equal("did:web:pds.example.com", options.Service.Did.Value);
        Assert.True(options.Service.InviteRequired);
        Assert.Equal([".pds.example.com"], options.Identity.HandleDomains);
        Assert.Equal(new Uri("https://plc.directory"), options.Identity.PlcUrl);
        Assert.False(options.Outbound.AllowPrivateAddresses);
        Assert.False(options.AdminPasswordIsGenerated);
        Assert.False(File.Exists(_server.PathOf("sandbox-secrets.json")));
    }

    [Fact]
    public void Listens_on_all_interfaces()
    {
        var options = _server.Read(ScratchServer.Public("PDS_BIND_ADDRESS"));

        Assert.Equal([ListenSockets.AllInterfaces], options.Listening!.EndPoints.Select(endPoint => endPoint.Address));
    }

    [Fact]
    public void One_message_names_everything_that_is_missing()
    {
        var refusal = _server.Refuses(("PDS_HOSTNAME", "pds.example.com"), ("PDS_DATA_DIRECTORY", ""));

        Assert.Equal(
            "A server with a public host name (PDS_HOSTNAME) needs PDS_DATA_DIRECTORY, PDS_JWT_SECRET, PDS_ADMIN_PASSWORD, "
            + "PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX, which are not set",
            refusal.Message);
    }

    [Theory]
    [InlineData("PDS_JWT_SECRET")]
    [InlineData("PDS_ADMIN_PASSWORD")]
    [InlineData("PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX")]
    public void Refuses_to_start_without(string variable)
    {
        var refusal = _server.Refuses(ScratchServer.Public(except: variable));

        Assert.EndsWith($"needs {variable}, which is not set", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_server.Data));
    }

    [Fact]
    public void Refuses_the_embedded_directory()
    {
        var refusal = _server.Refuses([.. ScratchServer.Public(), ("PDS_DID_PLC_URL", "embedded")]);

        Assert.StartsWith("PDS_DID_PLC_URL is 'embedded', which only a sandbox may use", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_of_the_host_name_is_in_the_url_and_in_the_did_but_in_no_handle()
    {
        var options = _server.Read([.. ScratchServer.Public("PDS_HOSTNAME"), ("PDS_HOSTNAME", "PDS.example.com:8443")]);

        Assert.Equal("pds.example.com", options.Service.Hostname);
        Assert.Equal("https://pds.example.com:8443", options.Service.PublicUrl);
        Assert.Equal("did:web:pds.example.com%3A8443", options.Service.Did.Value);
        Assert.Equal([".pds.example.com"], options.Identity.HandleDomains);
    }

    [Fact]
    public void A_short_token_secret_is_warned_of()
    {
        var options = _server.Read([.. ScratchServer.Public("PDS_JWT_SECRET"), ("PDS_JWT_SECRET", "hunter2")]);

        Assert.Contains(options.Warnings, warning => warning.StartsWith("PDS_JWT_SECRET is short", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", string.Concat(options.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public void Limits_rates_unless_the_operator_says_otherwise(string? enabled, bool isLimited)
    {
        var options = _server.Read([.. ScratchServer.Public("PDS_RATE_LIMITS_ENABLED"), .. enabled is null ? [] : new[] { ("PDS_RATE_LIMITS_ENABLED", enabled) }]);

        Assert.Equal(isLimited, options.RateLimits.IsEnabled);
    }

    [Fact]
    public void Addresses_without_limits_may_be_ranges()
    {
        var options = _server.Read([.. ScratchServer.Public(), ("PDS_RATE_LIMIT_BYPASS_IPS", "203.0.113.9, 198.18.0.7/15,2001:db8::/32")]);

        Assert.Equal(["203.0.113.9/32", "198.18.0.0/15", "2001:db8::/32"], options.RateLimits.BypassNetworks.Select(range => range.ToString()));
        Assert.StartsWith("PDS_RATE_LIMIT_BYPASS_IPS is 'cdn.example.com'", _server.Refuses([.. ScratchServer.Public(), ("PDS_RATE_LIMIT_BYPASS_IPS", "cdn.example.com")]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_official_environment_file_works_as_it_is()
    {
        const string file = """
            PDS_HOSTNAME=pds.example.com
            PDS_JWT_SECRET=4c6f0d0a9e6b4b6c8d0f4b9f5a7e1c2d
            PDS_ADMIN_PASSWORD=1f9a3b5c7d9e1f3a5b7c9d1e3f5a7b9c
            PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX=3ee68ca3cf8d1d36b7d9ad7d4b9bd1cf4c53a5a3e4cbe5be38aa2bd5c1b8a4de
            PDS_DATA_DIRECTORY=<data>
            PDS_BLOBSTORE_DISK_LOCATION=<data>/blocks
            PDS_BLOB_UPLOAD_LIMIT=104857600
            PDS_DID_PLC_URL=https://plc.directory
            PDS_BSKY_APP_VIEW_URL=https://api.bsky.app
            PDS_BSKY_APP_VIEW_DID=did:web:api.bsky.app
            PDS_REPORT_SERVICE_URL=https://mod.bsky.app
            PDS_REPORT_SERVICE_DID=did:plc:ar7c4by46qjdydhdevvrndac
            PDS_CRAWLERS=https://bsky.network
            PDS_EMAIL_SMTP_URL=smtps://resend:hunter2@smtp.resend.com:465/
            PDS_EMAIL_FROM_ADDRESS=admin@example.com
            LOG_ENABLED=true
            """;
        var variables = file.Replace("<data>", _server.Data, StringComparison.Ordinal).Split('\n').Select(line => line.Split('=', 2));

        var options = _server.Read([.. variables.Select(pair => (pair[0], pair[1])), ("PDS_BIND_ADDRESS", "127.0.0.1")]);

        Assert.Equal(104_857_600, options.Storage.BlobUploadLimit);
        Assert.Equal(_server.PathOf("blocks"), options.Storage.BlobDirectory);
        Assert.Equal(_server.PathOf("blocks/tmp"), options.Storage.BlobTemporaryDirectory);
        Assert.Equal("1f9a3b5c7d9e1f3a5b7c9d1e3f5a7b9c", options.Secrets.AdminPassword.Reveal());
        Assert.DoesNotContain("hunter2", string.Concat(options.Warnings), StringComparison.Ordinal);
    }
}
