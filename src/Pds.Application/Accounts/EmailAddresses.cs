using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Accounts;

/// <summary>Which addresses accounts may have, and how one gets another. An address is one account's at most.</summary>
internal sealed class EmailAddresses(IAccountStore accounts, EmailTokens tokens, FactorNotices notices, IRepoGate gate, IUnitOfWork unitOfWork)
{
    /// <summary>An address that somebody may take for their account.</summary>
    /// <exception cref="XrpcException">It is none, or one of a kind that is made to be thrown away.</exception>
    public static EmailAddress Require(string text) => RequireWellFormed(text) is { IsDisposable: false } address ? address : throw NotSupported();

    /// <summary>An address that mail can be sent to, of whatever kind.</summary>
    /// <exception cref="XrpcException">It is none.</exception>
    public static EmailAddress RequireWellFormed(string text) => EmailAddress.TryParse(text, out var address) ? address : throw NotSupported();

    /// <summary>What whoever is about to take an address holds the turn of, until it is saved.</summary>
    public static string ClaimOn(string email) => $"email:{EmailAddress.Fold(email)}";

    /// <summary>Gives an account an address, its own anew too: it has to be confirmed, and codes that were sent before are void. In the account's turn.</summary>
    /// <remarks>Saves by itself, while the address is claimed: the next who wants it sees that it is taken.</remarks>
    /// <exception cref="XrpcException">There is no such account; the address is another's.</exception>
    public async Task ChangeAsync(Did did, EmailAddress email, CancellationToken ct)
    {
        using var claim = await gate.EnterAsync(ClaimOn(email.Value), ct);
        var before = await accounts.FindAsync(did, ct) ?? throw XrpcException.NoSuchAccount(AtIdentifier.Of(did));
        if (await accounts.FindByEmailAsync(email.Value, ct) is { } owner && owner.Did != did)
            throw XrpcException.InvalidRequest("This email address is already in use, please use a different email.");

        await accounts.ChangeAsync(did, account => account.WithEmail(email), ct);
        await tokens.RevokeAllAsync(did, ct);
        if (before.EmailAuthFactor) notices.Tell(before, FactorChange.EmailRemoved);
        await unitOfWork.SaveChangesAsync(ct);
    }

    private static XrpcException NotSupported() => XrpcException.InvalidRequest("This email address is not supported, please use a different email.");
}
