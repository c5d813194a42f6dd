using Pds.Application.Accounts;

namespace Pds.Application.OAuth.Checks;

/// <summary>The client assertions that were used (RFC 7523 §3, 7). Only those of keys that a client publishes come here.</summary>
internal sealed class UsedAssertions(TimeProvider time)
{
    private const int Capacity = 100_000;

    private readonly UsedOnce _used = new(time, Capacity);

    public Use Use(string id, DateTimeOffset until) => _used.Use(id, until);
}
