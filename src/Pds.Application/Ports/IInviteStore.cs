using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>What a list of invite codes is ordered by, highest first.</summary>
public enum InviteSort
{
    /// <summary>When they were made.</summary>
    Recent,

    /// <summary>How often they were used.</summary>
    Usage,
}

/// <summary>A place in an ordered list of invite codes.</summary>
/// <param name="Key">By <see cref="InviteSort.Recent"/> milliseconds since the Unix epoch, by <see cref="InviteSort.Usage"/> the number of uses.</param>
public readonly record struct InvitePosition(long Key, string Code);

/// <summary>Invite codes and who used them. Changes are saved with the unit of work; the codes that are answered have their uses.</summary>
public interface IInviteStore
{
    /// <summary>Whether somebody may sign up with it now: it is there, neither disabled nor used up, and not of an account that was taken down.</summary>
    Task<bool> IsUsableAsync(string code, CancellationToken ct);

    /// <summary>The codes of some accounts, each one's oldest first.</summary>
    Task<ILookup<Did, InviteCode>> ListOfAsync(IReadOnlyCollection<Did> dids, CancellationToken ct);

    /// <summary>The codes that some accounts signed up with; those that did without one are left out.</summary>
    Task<IReadOnlyDictionary<Did, InviteCode>> FindUsedByAsync(IReadOnlyCollection<Did> dids, CancellationToken ct);

    /// <summary>Everybody's codes, from after a place on.</summary>
    Task<IReadOnlyList<InviteCode>> ListAsync(InviteSort sort, InvitePosition? after, int limit, CancellationToken ct);

    void Add(InviteCode code);

    /// <summary>Adds a code of an earlier server with its uses, whatever may be done with it now; what is here of it already stays as it is.</summary>
    void AddPast(InviteCode code);

    /// <summary>Adds codes that an account has earned. The save fails as <c>DuplicateCreate</c> if it then has more than <paramref name="total"/> earned ones, because somebody else gave it some.</summary>
    void AddEarned(Did did, IReadOnlyList<InviteCode> codes, int total);

    /// <summary>Writes a sign-up down. The save fails as <c>InvalidInviteCode</c> if the code is not usable at that moment, whatever it was before.</summary>
    void AddUse(string code, InviteCodeUse use);

    /// <summary>Makes a code void for good, if there is one.</summary>
    void Disable(string code);

    /// <summary>Makes every code that an account has now void for good.</summary>
    void DisableAllOf(Did did);
}
