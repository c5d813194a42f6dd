using Pds.Application.Mail;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Accounts.Factors;

/// <summary>Tells an account's owner by mail what happens to its second factors: whoever did it may be somebody else.</summary>
internal sealed class FactorNotices(IUnitOfWork unitOfWork, Notices notices)
{
    /// <summary>Sends the letter once the change is durable. Nothing waits for it, and its failure is the operator's to see.</summary>
    /// <param name="account">As it was before the change: the letter goes to the address that it had.</param>
    /// <param name="change">What happened.</param>
    public void Tell(Account account, FactorChange change)
    {
        if (account.Email is not { } address) return;
        unitOfWork.AfterSave(_ =>
        {
            notices.Post(new Letter.FactorChanged(address, account.ShownHandle, change));
            return Task.CompletedTask;
        });
    }
}
