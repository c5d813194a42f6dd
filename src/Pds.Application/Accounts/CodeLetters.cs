using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts;

/// <summary>Sends codes to the addresses of accounts.</summary>
internal sealed class CodeLetters(EmailTokens tokens, IMailer mailer, IAccountStore accounts, IRepoGate gate, IUnitOfWork unitOfWork)
{
    /// <summary>Sends a code in the place of an earlier one, which goes on working where the mail server does not take the new one.</summary>
    /// <remarks>
    /// Takes the account's turn by itself and saves in it: a mail server may take seconds, and nothing else that the account does should wait for
    /// it. So an account may get another address while the letter is on its way; a code that went to the old one is not kept.
    /// </remarks>
    /// <exception cref="XrpcException">The account has no address; its address has changed; the mail was not taken.</exception>
    public async Task SendAsync(Account account, EmailTokenPurpose purpose, Func<string, Secret, Letter.WithCode> letter, CancellationToken ct)
    {
        var address = account.Email ?? throw XrpcException.InvalidRequest("account does not have an email address");
        var code = EmailTokens.NewCode();
        await mailer.SendAsync(letter(address, code), ct);

        // From here on the code is in somebody's mailbox, where it should work even if this client does not wait for the answer.
        using var turn = await gate.EnterAsync(account.Did, CancellationToken.None);
        if ((await accounts.FindAsync(account.Did, CancellationToken.None))?.Email != address)
            throw XrpcException.InvalidRequest("The account's email address has changed in the meantime");
        await tokens.KeepAsync(account.Did, purpose, code, CancellationToken.None);
        await unitOfWork.SaveChangesAsync(CancellationToken.None);
    }
}
