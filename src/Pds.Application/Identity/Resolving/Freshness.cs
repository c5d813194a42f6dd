namespace Pds.Application.Identity.Resolving;

/// <summary>How new an answer has to be.</summary>
internal enum Freshness
{
    /// <summary>One that is at hand will do.</summary>
    OfLate,

    /// <summary>The network is asked in any case.</summary>
    OfNow,
}
