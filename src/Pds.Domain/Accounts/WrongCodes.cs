using Pds.Domain.Syntax;

namespace Pds.Domain.Accounts;

/// <summary>How often in a row an account's second factor was guessed wrong, so that nobody tries codes until one fits.</summary>
public sealed record WrongCodes(Did Did, int Count, DateTimeOffset LastAt)
{
    /// <summary>How many are let pass.</summary>
    public const int Allowed = 5;

    /// <summary>How long no code is taken afterwards; after as long without a wrong one, they are forgotten.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(15);

    /// <summary>These and one more.</summary>
    /// <param name="earlier">Null for none.</param>
    public static WrongCodes OneMore(WrongCodes? earlier, Did did, DateTimeOffset now) => new(did, earlier?.IsForgotten(now) == false ? earlier.Count + 1 : 1, now);

    /// <summary>How long no code is taken from now on; zero where one is.</summary>
    public TimeSpan WaitFrom(DateTimeOffset now) => Count < Allowed || IsForgotten(now) ? TimeSpan.Zero : LastAt + Wait - now;

    private bool IsForgotten(DateTimeOffset now) => now >= LastAt + Wait;
}
