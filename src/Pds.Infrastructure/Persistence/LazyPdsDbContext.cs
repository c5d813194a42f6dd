using Microsoft.Extensions.DependencyInjection;

namespace Pds.Infrastructure.Persistence;

/// <summary>The request's context, made when it is first used: the methods that are called most never need one.</summary>
internal sealed class LazyPdsDbContext(IServiceProvider scope)
{
    private PdsDbContext? _context;

    public PdsDbContext Value => _context ??= scope.GetRequiredService<PdsDbContext>();

    /// <summary>The context if it tracks anything that is not saved yet; null otherwise.</summary>
    public PdsDbContext? WithChanges => _context?.ChangeTracker.HasChanges() == true ? _context : null;
}
