namespace Pds.Infrastructure.Persistence.Rows;

/// <summary>A number under which there are rows of a repo that is nobody's: it is being staged, or its place was taken. They are to be removed unless it becomes somebody's.</summary>
internal sealed class RepoLeftRow
{
    public required long RepoId { get; init; }
}
