using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>The codes that are sent by mail when somebody signs in.</summary>
internal sealed class SignInCodes(EmailTokens tokens, IEmailTokenStore store, CodeLetters letters, IRepoGate gate, TimeProvider time)
{
    /// <summary>How soon after a letter the next one is sent: whoever asks again sooner has one in the mailbox already, and nobody is flooded.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Uses up the code that was sent; false for another. In the account's turn.</summary>
    /// <exception cref="XrpcException">ExpiredToken.</exception>
    public Task<bool> TryTakeAsync(Account account, Secret code, CancellationToken ct) => tokens.TryTakeAsync(account.Did, EmailTokenPurpose.SignIn, code, ct);

    /// <summary>Sends a code in the place of an earlier one, unless that was sent just now. Not in the account's turn; those who ask at once wait for one another, for one letter.</summary>
    /// <exception cref="XrpcException">The account has no address, or another by now; the mail was not taken, and an earlier code goes on working.</exception>
    public async Task SendAsync(Account account, CancellationToken ct)
    {
        using var sending = await gate.EnterAsync($"sign-in code:{account.Did}", ct);
        if (await store.FindAsync(account.Did, EmailTokenPurpose.SignIn, ct) is { } last && time.GetUtcNow() - last.RequestedAt < Pause) return;

        await letters.SendAsync(account, EmailTokenPurpose.SignIn, (to, code) => new Letter.SignIn(to, account.ShownHandle, code), ct);
    }
}
