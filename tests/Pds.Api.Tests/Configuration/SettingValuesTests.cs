using Microsoft.AspNetCore.Builder;
using Pds.Api.Configuration;

namespace Pds.Api.Tests.Configuration;

public sealed class SettingValuesTests : IDisposable
{
    private const string OrderOfK256 = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("PDS_HOSTNAME", "https://pds.example.com", "'https://pds.example.com', which is not a host name")]
    [InlineData("PDS_HOSTNAME", "pds example", "'pds example', which is not a host name")]
    [InlineData("PDS_HOSTNAME", "192.0.2.1", "'192.0.2.1', which is not a host name")]
    [InlineData("PDS_HOSTNAME", "localhost:3000", "'localhost:3000', which is not a host name, with a port or without (localhost: without)")]
    [InlineData("PDS_HOSTNAME", "pds.example.com:0", "'pds.example.com:0', which is not a host name")]
    [InlineData("PDS_PORT", "65536", "'65536', which is not a port from 0 to 65535")]
    [InlineData("PDS_PORT", "-1", "'-1', which is not a port from 0 to 65535")]
    [InlineData("PDS_BIND_ADDRESS", "everywhere", "'everywhere', which is not an IP address")]
    [InlineData("PDS_MAX_SUBSCRIPTION_BUFFER", "0", "'0', which is not a whole number, 1 or more")]
    [InlineData("PDS_PROXY_MAX_RETRIES", "two", "'two', which is not a whole number, 0 or more")]
    [InlineData("PDS_INVITE_REQUIRED", "yes", "'yes', which is not true, false, 1 or 0")]
    [InlineData("PDS_INVITE_INTERVAL", "0", "'0', which is not a whole number of milliseconds, 1 or more and a century at most")]
    [InlineData("PDS_INVITE_EPOCH", "2026-01-01", "'2026-01-01', which is not a whole number of milliseconds")]
    [InlineData("PDS_SERVICE_HANDLE_DOMAINS", ".a.example,b.example", "'.a.example,b.example', which is not a comma-separated list of domains, each with a dot in front")]
    [InlineData("PDS_CRAWLERS", "https://bsky.network,bsky.network", "which is not a comma-separated list of http or https URLs")]
    [InlineData("PDS_DID_PLC_URL", "plc.directory", "'plc.directory', which is not an http or https URL, or 'embedded'")]
    [InlineData("PDS_BSKY_APP_VIEW_URL", "ftp://example.com", "'ftp://example.com', which is not an http or https URL")]
    [InlineData("PDS_LOGO_URL", "javascript:alert(1)", "'javascript:alert(1)', which is not an http, https or mailto URL")]
    [InlineData("PDS_SERVICE_DID", "did:web", "'did:web', which is not a DID")]
    [InlineData("PDS_RECOVERY_DID_KEY", "did:key:zzz", "'did:key:zzz', which is not a did:key")]
    [InlineData("PDS_DID_CACHE_MAX_TTL", "1 day", "'1 day', which is not a whole number of milliseconds")]
    [InlineData("PDS_REPO_BACKFILL_LIMIT_MS", "9223372036854775807", "which is not a whole number of milliseconds, of a century at most")]
    [InlineData("PDS_BLOB_UPLOAD_LIMIT", "5MB", "'5MB', which is not a whole number of bytes, 1 or more")]
    [InlineData("PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX", "abc123", "not 64 hexadecimal digits that are a K-256 private key")]
    [InlineData("PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX", OrderOfK256, "not 64 hexadecimal digits that are a K-256 private key")]
    [InlineData("PDS_KEY_ENCRYPTION_KEY_HEX", "abc123", "not 64 hexadecimal digits")]
    [InlineData("PDS_EMAIL_SMTP_URL", "http://user:abc123@example.com", "not an smtp or smtps URL")]
    [InlineData("LOG_LEVEL", "chatty", "'chatty', which is not trace, debug, info, warn, error, fatal or silent")]
    [InlineData("LOG_ENABLED", "on", "'on', which is not true, false, 1 or 0")]
    public void A_malformed_value_stops_the_start(string variable, string value, string complaint)
    {
        var refusal = _server.Refuses((variable, value));

        Assert.StartsWith($"{variable} is ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
        if (PdsSettings.Of(variable).Kind.IsSecret) Assert.DoesNotContain(value, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_malformed_values_are_named_at_once()
    {
        var refusal = _server.Refuses(("PDS_PORT", "a"), ("PDS_INVITE_REQUIRED", "b"));

        Assert.Equal(2, refusal.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void A_password_in_a_malformed_url_is_not_printed()
    {
        var refusal = _server.Refuses(("PDS_DID_PLC_URL", "htps://me:hunter2@plc.example.com"));

        Assert.Equal("PDS_DID_PLC_URL is not an http or https URL, or 'embedded'", refusal.Message);
    }

    [Fact]
    public void A_malformed_value_of_a_file_is_named_by_its_key()
    {
        var refusal = Assert.Throws<SettingsException>(() => _server.Read([], [("Pds:Invites:Required", "yes")]));

        Assert.StartsWith("Pds:Invites:Required is 'yes'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    public void Booleans_are_words_or_digits(string text, bool expected) =>
        Assert.Equal(expected, _server.Read(("PDS_INVITE_REQUIRED", text)).Service.InviteRequired);

    [Fact]
    public void An_empty_variable_counts_as_not_set() =>
        Assert.Equal(500, _server.Read(("PDS_MAX_SUBSCRIPTION_BUFFER", "")).Sync.MaxSubscriptionBuffer);

    [Fact]
    public void A_list_has_commas_in_a_variable_and_is_an_array_in_a_file()
    {
        var variable = _server.Read(("PDS_SERVICE_HANDLE_DOMAINS", ".one.example, .TWO.example,"));
        var file = _server.Read([], [("Pds:Identity:HandleDomains:0", ".one.example"), ("Pds:Identity:HandleDomains:1", ".two.example")]);

        Assert.Equal([".one.example", ".two.example"], variable.Identity.HandleDomains);
        Assert.Equal([".one.example", ".two.example"], file.Identity.HandleDomains);
        Assert.Empty(file.Warnings);
    }

    [Fact]
    public void Times_are_milliseconds()
    {
        var options = _server.Read(("PDS_REPO_BACKFILL_LIMIT_MS", "90000"), ("PDS_ID_RESOLVER_TIMEOUT", "250"));

        Assert.Equal(TimeSpan.FromSeconds(90), options.Sync.BackfillLimit);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.IdentityLookup.Timeout);
    }

    [Fact]
    public void The_command_line_beats_the_environment_which_beats_the_file()
    {
        (string, string)[] file = [("Pds:Service:Name", "file"), ("Pds:Service:ContactEmail", "file")];

        var options = _server.Read(
            [("PDS_SERVICE_NAME", "environment"), ("PDS_CONTACT_EMAIL_ADDRESS", "environment")], file, "--Pds:Service:Name=command line");

        Assert.Equal("command line", options.Service.Name);
        Assert.Equal("environment", options.Service.ContactEmail);
    }

    [Fact]
    public void The_order_of_sources_holds_in_a_web_application()
    {
        var builder = WebApplication.CreateBuilder(["--Pds:Service:Name=command line"]);

        builder.Configuration.AddPdsEnvironment(new Dictionary<string, string>
        {
            ["PDS_SERVICE_NAME"] = "environment",
            ["PDS_CONTACT_EMAIL_ADDRESS"] = "environment",
        });

        Assert.Equal("command line", builder.Configuration["Pds:Service:Name"]);
        Assert.Equal("environment", builder.Configuration["Pds:Service:ContactEmail"]);
    }

    [Fact]
    public void An_unknown_name_is_warned_of()
    {
        var options = _server.Read(
            [("PDS_HOSTNAM", "pds.example.com"), ("PDS__SERVICE__NAME", "ASP.NET reads this one"), ("PATH", "/bin")], [("Pds:Service:Hostnam", "pds.example.com")]);

        Assert.Equal(
            ["PDS_HOSTNAM is not a setting of this server, and has no effect", "Pds:Service:Hostnam is not a setting of this server, and has no effect"],
            options.Warnings);
    }

    [Fact]
    public void A_setting_without_its_feature_is_warned_of_by_name_and_without_its_value()
    {
        var options = _server.Read(("PDS_REDIS_SCRATCH_PASSWORD", "hunter2"), ("PDS_ENTRYWAY_URL", "nonsense"));

        Assert.Contains("PDS_REDIS_SCRATCH_PASSWORD has no effect: this server does not have it (the password of Redis)", options.Warnings);
        Assert.Contains(options.Warnings, warning => warning.StartsWith("PDS_ENTRYWAY_URL has no effect", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", string.Concat(options.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_planned_setting_is_warned_of_and_a_supported_one_is_not()
    {
        var planned = PdsSettings.All.Where(setting => setting.Support == Support.Planned).Select(setting => setting.Key).ToHashSet();

        var options = _server.Read([], [.. PdsSettings.All.Where(setting => setting.Support != Support.Absent && Sample(setting.Kind) is not null)
            .Select(setting => (setting.Key, Sample(setting.Kind)!))]);

        Assert.Equal(planned.Order(), options.Warnings.Select(warning => warning.Split(' ')[0]).Order());
    }

    [Fact]
    public void Supported_sources_of_a_sandbox_print_no_secret()
    {
        var options = _server.Read();
        var printed = options.ToString() + options.Secrets + options.Identity;

        Assert.DoesNotContain(options.Secrets.JwtSecret.Reveal(), printed, StringComparison.Ordinal);
        Assert.DoesNotContain(options.Secrets.AdminPassword.Reveal(), printed, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(options.Secrets.KeyEncryptionKey.Reveal()), printed, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(PrivateKeyHex.Format(options.Identity.PlcRotationKey), printed, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Each_setting_has_a_name_and_a_key_of_its_own()
    {
        Assert.Equal(PdsSettings.All.Count, PdsSettings.All.Select(setting => setting.Variable).Distinct().Count());
        Assert.Equal(PdsSettings.All.Count, PdsSettings.All.Select(setting => setting.Key).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static string? Sample(SettingKind kind) => kind.Name switch
    {
        "list" => "127.0.0.1",
        "text" => "x",
        "secret" => "0123456789abcdef0123456789abcdef",
        "boolean" => "true",
        "integer" or "bytes" or "milliseconds" => "7",
        "URL" or "link" or "list of URLs" or "URL or `embedded`" => "https://example.com",
        "SMTP URL" => "smtp://localhost",
        "mailbox" => "noreply@example.com",
        "colour" => "#0b62d6",
        "DID" => "did:web:example.com",
        _ => null,
    };
}
