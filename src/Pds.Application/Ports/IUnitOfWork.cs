namespace Pds.Application.Ports;

/// <summary>Everything that one command changes, saved together or not at all.</summary>
public interface IUnitOfWork
{
    /// <summary>Saves what the stores have buffered and, once it is durable, publishes the events among it. Saves nothing where nothing is buffered.</summary>
    /// <exception cref="Errors.XrpcException">Another writer got in between, a unique name is taken, or the disk is full.</exception>
    Task SaveChangesAsync(CancellationToken ct);

    /// <summary>Something to do after the changes are durable, such as deleting a file that they no longer mention. Its failure is logged and does not fail the command.</summary>
    void AfterSave(Func<CancellationToken, Task> action);
}
