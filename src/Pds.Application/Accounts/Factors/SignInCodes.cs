using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>The codes that are sent by mail when somebody signs in.</summary>
internal sealed class SignInCodes(EmailTokens tokens, IEmailTokenStore store, IMailer mailer, IRepoGate gate, IUnitOfWork unitOfWork, TimeProvider time)
{
    /// <summary>How soon after a letter the next one is sent: whoever asks again sooner has one in the mailbox already, and nobody is flooded.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Uses up the code that was sent; false for another. In the account's turn.</summary>
    /// <exception cref="XrpcException">ExpiredToken.</exception>
    public Task<bool> TryTakeAsync(Account account, Secret code, CancellationToken ct) => tokens.TryTakeAsync(account.Did, EmailTokenPurpose.SignIn, code, ct);

    /// <summary>Sends a code in the place of an earlier one, unless that was sent just now.</summary>
    /// <remarks>A mail server may take seconds, so the account's turn is taken only to keep the code; those who ask at once wait here for one another, for one letter.</remarks>
    /// <exception cref="XrpcException">The account has no address; the mail was not taken, and an earlier code goes on working.</exception>
    public async Task SendAsync(Account account, CancellationToken ct)
    {
        var address = account.Email ?? throw XrpcException.InvalidRequest("account does not have an email address");
        using var sending = await gate.EnterAsync($"sign-in code:{account.Did}", ct);
        if (await store.FindAsync(account.Did, EmailTokenPurpose.SignIn, ct) is { } last && time.GetUtcNow() - last.RequestedAt < Pause) return;

        var code = EmailTokens.NewCode();
        await mailer.SendAsync(new Letter.SignIn(address, account.ShownHandle, code), ct);

        // From here on the code is in somebody's mailbox, where it should work even if this client does not wait for the answer.
        using var turn = await gate.EnterAsync(account.Did, CancellationToken.None);
        await tokens.KeepAsync(account.Did, EmailTokenPurpose.SignIn, code, CancellationToken.None);
        await unitOfWork.SaveChangesAsync(CancellationToken.None);
    }
}
