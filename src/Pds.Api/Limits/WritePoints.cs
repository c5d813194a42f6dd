using Pds.Application.Repo;

namespace Pds.Api.Limits;

/// <summary>What a write counts in the budget of an account's writes.</summary>
internal static class WritePoints
{
    public const int Create = 3;
    public const int Update = 2;
    public const int Delete = 1;

    /// <summary>Of a batch; it has not been checked yet, and may have holes.</summary>
    public static int Of(ApplyWrites batch) => batch.Writes.Sum(write => write switch
    {
        ApplyWrites.Create => Create,
        ApplyWrites.Update => Update,
        _ => Delete,
    });
}
