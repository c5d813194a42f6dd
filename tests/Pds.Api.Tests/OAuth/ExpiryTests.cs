using Pds.Application.Maintenance;
using Pds.Application.OAuth.Authorizing;
using Pds.Domain.OAuth;
using Pds.TestKit;

namespace Pds.Api.Tests.OAuth;

public sealed class ExpiryTests : IAsyncLifetime
{
    private readonly OAuthPds _pds = new();

    public Task InitializeAsync() => _pds.InitializeAsync();

    public Task DisposeAsync() => _pds.DisposeAsync();

    [Fact]
    public async Task A_request_that_nobody_answers_in_five_minutes_is_over()
    {
        var (app, device) = (_pds.NewClient(), DeviceId.New());
        var (waiting, opened) = (await app.PushAsync(), await app.PushAsync());
        _pds.Time.Advance(TimeSpan.FromMinutes(4));
        await _pds.OpenAsync(app, opened, device);
        _pds.Time.Advance(TimeSpan.FromMinutes(4));

        var late = Assert.IsType<AuthorizationStep.Answer>(await _pds.OpenAsync(app, waiting, device)).Response;
        var inTime = await _pds.AcceptAsync(opened, device, await _pds.SignUpAsync());

        Assert.Equal("access_denied", late["error"]);
        Assert.NotNull(inTime["code"]);
    }

    [Fact]
    public async Task Ten_thousand_requests_that_are_left_lying_go_without_a_trace()
    {
        var app = _pds.NewClient();
        await app.PushAsync();
        await LeaveLyingAsync(10_000);
        Assert.Equal(10_000, Count("account_oauth_request"));

        _pds.Time.Advance(TimeSpan.FromMinutes(16));
        var removed = await _pds.SendAsync(new ExpireAuthorizations());

        Assert.Equal(10_000, removed);
        Assert.Equal(0, Count("account_oauth_request"));
    }

    [Fact]
    public async Task Requests_that_come_and_expire_again_and_again_do_not_make_the_database_grow()
    {
        var app = _pds.NewClient();
        var sizes = new List<long>();

        for (var round = 0; round < 4; round++)
        {
            await app.PushAsync();
            await LeaveLyingAsync(10_000);
            _pds.Time.Advance(TimeSpan.FromMinutes(16));
            Assert.Equal(10_000, await _pds.SendAsync(new ExpireAuthorizations()));
            sizes.Add(_pds.Data.EnumerateFiles("pds.sqlite*").Sum(file => file.Length));
        }

        Assert.InRange(sizes[3], 0, sizes[1] + (1024 * 1024)); // what was freed is used again
    }

    [Fact]
    public async Task Whoever_pushes_a_request_clears_old_ones_away()
    {
        var app = _pds.NewClient();
        for (var i = 0; i < 20; i++) await app.PushAsync();

        _pds.Time.Advance(TimeSpan.FromMinutes(16));
        await app.PushAsync();

        Assert.Equal(1, Count("account_oauth_request"));
    }

    [Fact]
    public async Task Sessions_whose_time_has_run_out_go()
    {
        await _pds.SignInAsync(_pds.NewClient(), await _pds.SignUpAsync());

        _pds.Time.Advance(TimeSpan.FromDays(15));
        await _pds.SendAsync(new ExpireAuthorizations());

        Assert.Equal(0, Count("account_oauth_session"));
    }

    /// <summary>As if the one request that there is had been pushed so many times.</summary>
    private Task LeaveLyingAsync(int count) => _pds.ExecuteAsync(
        """
        WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < @0 - 1)
        INSERT INTO account_oauth_request (id, client, parameters, pushed_at, expires_at)
        SELECT 'urn:ietf:params:oauth:request_uri:req-' || printf('%032x', i), client, parameters, pushed_at, expires_at FROM number, account_oauth_request
        """,
        count);

    private long Count(string table) => DatabaseWalk.Count(_pds.Data, table, "1 = @0", 1);
}
