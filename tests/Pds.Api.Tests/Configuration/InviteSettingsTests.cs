using Pds.Domain.Accounts;

namespace Pds.Api.Tests.Configuration;

public sealed class InviteSettingsTests : IDisposable
{
    private readonly ScratchServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Nobody_earns_codes_without_an_interval() => Assert.Null(_server.Read(("PDS_INVITE_REQUIRED", "true"), ("PDS_INVITE_EPOCH", "1000")).Invites.Allowance);

    [Fact]
    public void Codes_are_earned_by_the_interval_since_the_epoch() => Assert.Equal(
        new InviteAllowance(TimeSpan.FromDays(14), DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000)),
        _server.Read(("PDS_INVITE_REQUIRED", "true"), ("PDS_INVITE_INTERVAL", "1209600000"), ("PDS_INVITE_EPOCH", "1700000000000")).Invites.Allowance);

    [Fact]
    public void The_epoch_is_that_of_unix_if_nobody_says_otherwise() =>
        Assert.Equal(DateTimeOffset.UnixEpoch, _server.Read(("PDS_INVITE_REQUIRED", "true"), ("PDS_INVITE_INTERVAL", "1")).Invites.Allowance?.Epoch);

    [Fact]
    public void Nobody_earns_codes_where_a_sign_up_needs_none_and_the_operator_is_told()
    {
        var options = _server.Read(("PDS_INVITE_REQUIRED", "false"), ("PDS_INVITE_INTERVAL", "1209600000"));

        Assert.Null(options.Invites.Allowance);
        Assert.Contains(options.Warnings, warning => warning.StartsWith("PDS_INVITE_INTERVAL has no effect: ", StringComparison.Ordinal));
    }
}
