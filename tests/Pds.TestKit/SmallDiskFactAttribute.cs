using Xunit;

namespace Pds.TestKit;

/// <summary>A fact that needs a <see cref="SmallDisk"/>; skipped, with the reason, on a machine that has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Missing;
}
