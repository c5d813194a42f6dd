using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>A server whose directory and whose disk fail when the test says so.</summary>
public class BreakablePds : PdsFixture
{
    /// <summary>What submitting to the directory fails with; null while it works.</summary>
    public Exception? DirectoryFailure { get; set; }

    /// <summary>What asking the directory fails with; null while it works.</summary>
    public Exception? LookUpFailure { get; set; }

    /// <summary>How many of the next saves fail.</summary>
    public int FailingSaves { get; set; }

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services
        .Decorate<IPlcDirectory>(inner => new Directory(inner, this))
        .Decorate<IUnitOfWork>(inner => new UnitOfWork(inner, this));

    private sealed class Directory(IPlcDirectory inner, BreakablePds pds) : IPlcDirectory
    {
        public Task SubmitAsync(Did did, PlcOperation operation, CancellationToken ct) =>
            pds.DirectoryFailure is { } failure ? Task.FromException(failure) : inner.SubmitAsync(did, operation, ct);

        public Task<DidDocument?> FindDocumentAsync(Did did, CancellationToken ct) =>
            pds.LookUpFailure is { } failure ? Task.FromException<DidDocument?>(failure) : inner.FindDocumentAsync(did, ct);

        public Task<PlcLog?> FindLogAsync(Did did, CancellationToken ct) =>
            pds.LookUpFailure is { } failure ? Task.FromException<PlcLog?>(failure) : inner.FindLogAsync(did, ct);
    }

    private sealed class UnitOfWork(IUnitOfWork inner, BreakablePds pds) : IUnitOfWork
    {
        public Task SaveChangesAsync(CancellationToken ct) => pds.FailingSaves-- > 0 ? throw new IOException("The disk of the test is broken") : inner.SaveChangesAsync(ct);

        public void AfterSave(Func<CancellationToken, Task> action) => inner.AfterSave(action);
    }
}
