using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Limits;
using Pds.TestKit;

namespace Pds.Api.Tests.Limits;

/// <summary>A server that limits rates, and whose clock is the test's to set. Each test has clients with addresses of its own.</summary>
public sealed class LimitedPds : TimedPdsFixture
{
    public const string BypassKey = "open sesame";
    public const string BypassAddress = "203.0.113.9";
    public const string BypassRange = "198.18.0.0/15";

    private int _addresses;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Pds:RateLimits:Enabled"] = "true",
        ["Pds:RateLimits:BypassKey"] = BypassKey,
        ["Pds:RateLimits:BypassIps"] = $"{BypassAddress},{BypassRange}",
    };

    /// <summary>An address that nobody else has.</summary>
    public string NewAddress() => $"192.0.2.{Interlocked.Increment(ref _addresses)}";

    /// <summary>Anyone, through a reverse proxy that says for whom it asks.</summary>
    public XrpcClient From(string forwardedFor) => new(Url) { ForwardedFor = forwardedFor };

    public XrpcClient From(string forwardedFor, Actor actor) => new(Url) { ForwardedFor = forwardedFor, Authorization = actor.Authorization };

    /// <summary>As if an address had done so much already.</summary>
    internal void Use(Rate rate, string key, int points)
    {
        for (var i = 0; i < rate.Windows.Count; i++)
            Services.GetRequiredService<WindowTable>().Take(RateKey.Of(rate.Name, key)[i], rate.Windows[i], points, Time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
