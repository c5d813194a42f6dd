using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>What the contracts of the stores share: a database of their own for each test, and scopes like those of requests.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected static readonly Did Alice = Did.Parse("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    protected static readonly Did Bob = Did.Parse("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");

    private protected StoreContract(IDatabaseFixture database) => Database = database;

    private protected IDatabaseFixture Database { get; }

    /// <summary>The fixture's time, to the millisecond, as stores keep it.</summary>
    protected DateTimeOffset Now => Database.Time.GetUtcNow();

    public Task InitializeAsync() => Database.InitializeAsync();

    public Task DisposeAsync() => Database.DisposeAsync();

    /// <summary>Asks a store, in a scope of its own.</summary>
    protected async Task<TAnswer> AskAsync<TStore, TAnswer>(Func<TStore, ValueTask<TAnswer>> ask) where TStore : notnull
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    protected Task<TAnswer> AskAsync<TStore, TAnswer>(Func<TStore, Task<TAnswer>> ask) where TStore : notnull =>
        AskAsync<TStore, TAnswer>(store => new ValueTask<TAnswer>(ask(store)));

    /// <summary>Changes a store, and saves.</summary>
    protected async Task SaveAsync<TStore>(Func<TStore, Task> change) where TStore : notnull
    {
        await using var scope = Database.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<TStore>());
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    protected Task SaveAsync<TStore>(Action<TStore> change) where TStore : notnull => SaveAsync<TStore>(store =>
    {
        change(store);
        return Task.CompletedTask;
    });

    /// <summary>Changes a store, and forgets it.</summary>
    protected async Task AbandonAsync<TStore>(Action<TStore> change) where TStore : notnull
    {
        await using var scope = Database.Services.CreateAsyncScope();
        change(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    /// <inheritdoc cref="AbandonAsync{TStore}(Action{TStore})"/>
    protected async Task AbandonAsync<TStore>(Func<TStore, Task> change) where TStore : notnull
    {
        await using var scope = Database.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<TStore>());
    }

    /// <summary>Sees to it that there is an account.</summary>
    protected async Task HaveAccountAsync(Did did)
    {
        if (await AskAsync<IAccountStore, Account?>(accounts => accounts.FindAsync(did, CancellationToken.None)) is null)
            await SaveAsync<IAccountStore>(accounts => accounts.Add(NewAccount(did, $"{did.Identifier[..3]}.test"), null));
    }

    protected Account NewAccount(Did did, string handle, string? email = null) => new(did, Handle.Parse(handle), email, Now);
}
