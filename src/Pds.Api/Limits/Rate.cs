namespace Pds.Api.Limits;

/// <summary>How often something may be done: whose requests are counted together, how much one counts, and in which windows.</summary>
/// <remarks>Rates of one name share their counters: all writes to a repo are one budget.</remarks>
internal sealed record Rate
{
    /// <summary>As many as a <see cref="RateKey"/> has room for.</summary>
    public const int MaxWindows = 2;

    public Rate(string name, string countedBy, Func<LimitedCall, string> key, params IReadOnlyList<RateWindow> windows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windows.Count, MaxWindows, nameof(windows));
        (Name, CountedBy, Key, Windows) = (name, countedBy, key, windows);
    }

    public string Name { get; }

    /// <summary>What the requests that are counted together have in common, for the reference.</summary>
    public string CountedBy { get; }

    public Func<LimitedCall, string> Key { get; }

    public IReadOnlyList<RateWindow> Windows { get; }

    /// <summary>How many points a request counts; 0 counts nothing.</summary>
    public Func<LimitedCall, int> Cost { get; init; } = _ => 1;

    /// <summary>Counted by the client's address.</summary>
    public static Rate ByAddress(string name, params IReadOnlyList<RateWindow> windows) => new(name, "address", call => call.Address, windows);

    /// <summary>Counted by the account that calls.</summary>
    public static Rate ByAccount(string name, params IReadOnlyList<RateWindow> windows) => new(name, "account", call => call.Caller, windows);
}
