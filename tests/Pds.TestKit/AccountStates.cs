using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Persistence;

namespace Pds.TestKit;

/// <summary>Puts accounts and invite codes into states, straight in the database, for tests whose subject is not how they got there.</summary>
public static class AccountStates
{
    public static Task TakeDownAsync(this PdsFixture pds, Did did) =>
        pds.InDatabaseAsync(database => database.Accounts.Where(row => row.Did == did).ExecuteUpdateAsync(row => row.SetProperty(account => account.TakedownRef, "of the test")));

    public static Task DeactivateAsync(this PdsFixture pds, Did did) =>
        pds.InDatabaseAsync(database => database.Accounts.Where(row => row.Did == did).ExecuteUpdateAsync(row => row.SetProperty(account => account.DeactivatedAt, DateTimeOffset.UnixEpoch)));

    /// <summary>Takes an account out of the database as if it had never been there; its tokens are still signed.</summary>
    public static Task ForgetAsync(this PdsFixture pds, Did did) =>
        pds.InDatabaseAsync(database => database.Accounts.Where(row => row.Did == did).ExecuteDeleteAsync());

    /// <summary>Calls as an account in a session of that kind, however such a session begins.</summary>
    public static XrpcClient As(this PdsFixture pds, Did did, SessionScope scope) =>
        new(pds.Url) { Authorization = $"Bearer {pds.Services.GetRequiredService<ITokenIssuer>().IssueAccess(did, scope)}" };

    /// <summary>Makes an invite code.</summary>
    public static async Task InviteAsync(this PdsFixture pds, string code, int uses = 1, bool disabled = false, string forAccount = InviteCode.Admin)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IInviteStore>().Add(new InviteCode(code, uses, disabled, forAccount, InviteCode.Admin, DateTimeOffset.UnixEpoch));
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>How often an invite code was used.</summary>
    public static async Task<int> CountUsesAsync(this PdsFixture pds, string code)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IInviteStore>().CountUsesAsync(code, CancellationToken.None);
    }

    private static async Task InDatabaseAsync(this PdsFixture pds, Func<PdsDbContext, Task<int>> change)
    {
        await using var scope = pds.Services.CreateAsyncScope();
        if (await change(scope.ServiceProvider.GetRequiredService<PdsDbContext>()) != 1) throw new InvalidOperationException("There is no such account");
    }
}
