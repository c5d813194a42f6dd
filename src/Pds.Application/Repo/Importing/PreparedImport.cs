using Pds.Domain.Repo;

namespace Pds.Application.Repo.Importing;

/// <summary>A repo that has been checked and is ready to take the place of its account's. Dispose it whether it did or not, and after the save.</summary>
internal sealed class PreparedImport(Commit commit, ImportDifference difference, Action apply, StagedRepo? staged) : IAsyncDisposable
{
    /// <summary>The head that the account's repo will have.</summary>
    public Commit Commit => commit;

    public ImportDifference Difference => difference;

    /// <summary>Buffers what puts it in place, in the account's turn; saved with the unit of work, which fails if the repo has changed since the import began.</summary>
    public void Apply() => apply();

    public ValueTask DisposeAsync() => staged?.DisposeAsync() ?? ValueTask.CompletedTask;
}
