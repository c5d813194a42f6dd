using Pds.Api.Limits;
using Pds.Application.Accounts.Devices;
using Pds.Domain.OAuth;

namespace Pds.Api.Pages;

/// <summary>The browser that asks for a page, as the cookie that it was given here proves. One for each request.</summary>
internal sealed class BrowserDevice(IHttpContextAccessor accessor, PageCookies cookies, PageRequests requests)
{
    private const string Purpose = "device";

    /// <summary>How long a browser keeps the cookie. Whether anybody is signed in by it is kept here, and ends sooner.</summary>
    private static readonly TimeSpan CookieLifetime = TimeSpan.FromDays(365);

    private bool _isRead;
    private DeviceId? _id;

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("There is no request");

    /// <summary>Which device it is; null for a browser that is new, or whose cookie is not right.</summary>
    public async Task<DeviceId?> FindAsync(CancellationToken ct)
    {
        if (_isRead) return _id;
        _isRead = true;
        if (!DeviceKey.TryParse(Http.Request.Cookies[cookies.NameOf(Purpose)], out var shown)) return null;

        var key = await requests.SendAsync(new RecogniseDevice(shown, UserAgent, Address), ct);
        if (key is null) Http.Response.Cookies.Delete(cookies.NameOf(Purpose), cookies.Options(TimeSpan.Zero));
        else if (key != shown) Keep(key);
        return _id = key?.Id;
    }

    /// <summary>Which device it is; a new one is remembered.</summary>
    public async Task<DeviceId> EnsureAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is { } known) return known;
        var key = await requests.SendAsync(new RegisterDevice(new DeviceVisit(null, UserAgent, Address)), ct);
        Keep(key);
        return key.Id;
    }

    /// <summary>For the commands that sign somebody in on it.</summary>
    public async Task<DeviceVisit> VisitAsync(CancellationToken ct) => new(await FindAsync(ct), UserAgent, Address);

    /// <summary>Gives the browser the cookie that it is known by from now on.</summary>
    public void Keep(DeviceKey key)
    {
        (_isRead, _id) = (true, key.Id);
        Http.Response.Cookies.Append(cookies.NameOf(Purpose), key.Reveal(), cookies.Options(CookieLifetime));
    }

    private string? UserAgent => Http.Request.Headers.UserAgent is { Count: > 0 } header ? header.ToString() : null;

    private string Address => ClientAddress.Exact(Http).ToString();
}
