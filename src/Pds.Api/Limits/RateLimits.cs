using System.Globalization;
using Microsoft.Extensions.Primitives;
using Pds.Application.Errors;
using Pds.Domain.Accounts;

namespace Pds.Api.Limits;

/// <summary>Counts requests, refuses those that are too many, and tells clients how they stand. Registered only where rates are limited.</summary>
internal sealed class RateLimits(RateLimitOptions options, WindowTable windows, TimeProvider time)
{
    private const string BypassHeader = "x-ratelimit-bypass";
    private const string StatusHeaders = "RateLimit-Limit, RateLimit-Reset, RateLimit-Remaining, RateLimit-Policy";

    /// <summary>Counts a request that has come in, before anything else is done about it.</summary>
    /// <exception cref="XrpcException">RateLimitExceeded.</exception>
    public Admission Enter(HttpContext http, Limit limit)
    {
        if (IsExempt(http)) return default;

        var status = Take(limit.Door, new LimitedCall(http, Request: null))!.Value;
        if (status.IsExceeded) throw Refuse(http.Response, status);
        return new Admission(this, limit, status);
    }

    /// <summary>Counts it by what its method is held to besides, and tells the client how it stands where that is tightest.</summary>
    /// <exception cref="XrpcException">RateLimitExceeded.</exception>
    public void Count(HttpContext http, Admission admission, object? request)
    {
        var own = admission.Limit!.Own is { } rate ? Take(rate, new LimitedCall(http, request)) : null;
        if (own is { IsExceeded: true } exceeded) throw Refuse(http.Response, exceeded);
        Tell(http.Response, own is { } status && status.Remaining <= admission.Door.Remaining ? status : admission.Door);
    }

    private bool IsExempt(HttpContext http)
    {
        var claim = http.Request.Headers[BypassHeader];
        if (options.BypassKey is { } key && claim.Count == 1 && Secret.Of(claim.ToString()) == key) return true;
        return options.BypassNetworks.Count > 0 && http.Connection.RemoteIpAddress is { } address && AddressRange.Contains(options.BypassNetworks, address);
    }

    /// <summary>Counts in every window of a rate, and answers the first that is exceeded, or else the tightest; null where nothing is counted.</summary>
    private LimitStatus? Take(Rate rate, LimitedCall call)
    {
        var points = rate.Cost(call);
        if (points < 1) return null;

        var key = RateKey.Of(rate.Name, rate.Key(call));
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        LimitStatus? tightest = null;
        for (var i = 0; i < rate.Windows.Count; i++)
        {
            var status = windows.Take(key[i], rate.Windows[i], points, now);
            if (tightest is not { } so || (!so.IsExceeded && (status.IsExceeded || status.Remaining < so.Remaining))) tightest = status;
        }

        return tightest;
    }

    private XrpcException Refuse(HttpResponse response, LimitStatus status)
    {
        Tell(response, status);
        return XrpcException.RateLimitExceeded(TimeSpan.FromMilliseconds(status.EndsAt - time.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private static void Tell(HttpResponse response, LimitStatus status)
    {
        var (points, length) = (Text(status.Window.Points), Text((long)status.Window.Length.TotalSeconds));
        response.Headers["RateLimit-Limit"] = points;
        response.Headers["RateLimit-Reset"] = Text(status.EndsAt / 1000);
        response.Headers["RateLimit-Remaining"] = Text(status.Remaining);
        response.Headers["RateLimit-Policy"] = $"{points};w={length}";
        response.Headers.AccessControlExposeHeaders = StringValues.Concat(response.Headers.AccessControlExposeHeaders, StatusHeaders);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
