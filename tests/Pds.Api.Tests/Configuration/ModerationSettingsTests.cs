namespace Pds.Api.Tests.Configuration;

public sealed class ModerationSettingsTests : IDisposable
{
    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Nobody_moderates_unless_the_operator_says_so()
    {
        var options = _server.Read().Moderation;

        Assert.Equal((null, null), (options.Did, options.Url));
    }

    [Fact]
    public void A_service_is_trusted_by_its_DID()
    {
        var options = _server.Read(("PDS_MOD_SERVICE_DID", "did:web:mod.example.com"), ("PDS_MOD_SERVICE_URL", "https://mod.example.com")).Moderation;

        Assert.Equal(("did:web:mod.example.com", new Uri("https://mod.example.com")), (options.Did!.Value, options.Url));
    }

    [Fact]
    public void An_address_without_a_DID_stops_the_start() => Assert.Equal(
        "PDS_MOD_SERVICE_URL is set without PDS_MOD_SERVICE_DID: a service is trusted by its DID",
        _server.Refuses(("PDS_MOD_SERVICE_URL", "https://mod.example.com")).Message);
}
