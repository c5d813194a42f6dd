namespace Pds.Api.Tests.Configuration;

/// <summary>The services that calls are passed on to, and what that may cost.</summary>
public sealed class ServiceSettingsTests : IDisposable
{
    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void There_is_no_AppView_unless_the_operator_names_one()
    {
        var options = _server.Read().AppView;

        Assert.Equal((null, null), (options.Did, options.Url));
    }

    [Fact]
    public void An_AppView_is_an_address_and_a_DID()
    {
        var options = _server.Read(("PDS_BSKY_APP_VIEW_URL", "https://api.example.com"), ("PDS_BSKY_APP_VIEW_DID", "did:web:api.example.com")).AppView;

        Assert.Equal(("did:web:api.example.com", new Uri("https://api.example.com")), (options.Did!.Value, options.Url));
    }

    [Theory]
    [InlineData("PDS_BSKY_APP_VIEW")]
    [InlineData("PDS_REPORT_SERVICE")]
    public void An_address_without_a_DID_stops_the_start(string service) => Assert.Equal(
        $"{service}_URL is set without {service}_DID: a service is trusted by its DID",
        _server.Refuses(($"{service}_URL", "https://api.example.com")).Message);

    [Fact]
    public void Reports_go_to_the_moderation_service_unless_another_takes_them()
    {
        (string, string)[] moderation = [("PDS_MOD_SERVICE_URL", "https://mod.example.com"), ("PDS_MOD_SERVICE_DID", "did:web:mod.example.com")];
        (string, string)[] reports = [("PDS_REPORT_SERVICE_URL", "https://reports.example.com"), ("PDS_REPORT_SERVICE_DID", "did:web:reports.example.com")];

        Assert.Equal("did:web:mod.example.com", _server.Read(moderation).Moderation.ReportDid!.Value);
        Assert.Equal(new Uri("https://reports.example.com"), _server.Read([.. moderation, .. reports]).Moderation.ReportUrl);
    }

    [Fact]
    public void A_call_that_is_passed_on_has_its_bounds()
    {
        var usual = _server.Read().Proxy;
        var others = _server.Read(("PDS_PROXY_HEADERS_TIMEOUT", "1000"), ("PDS_PROXY_BODY_TIMEOUT", "2000"), ("PDS_PROXY_MAX_RESPONSE_SIZE", "3000"), ("PDS_PROXY_MAX_RETRIES", "4"), ("PDS_PROXY_ALLOW_HTTP2", "true")).Proxy;

        Assert.Equal((10, 30, 10L * 1024 * 1024, 0, false), (usual.HeadersTimeout.TotalSeconds, usual.BodyTimeout.TotalSeconds, usual.MaxResponseSize, usual.MaxRetries, usual.AllowHttp2));
        Assert.Equal((1, 2, 3000, 4, true), (others.HeadersTimeout.TotalSeconds, others.BodyTimeout.TotalSeconds, others.MaxResponseSize, others.MaxRetries, others.AllowHttp2));
        Assert.Contains("PDS_PROXY_HEADERS_TIMEOUT", _server.Refuses(("PDS_PROXY_HEADERS_TIMEOUT", "0")).Message, StringComparison.Ordinal);
    }
}
