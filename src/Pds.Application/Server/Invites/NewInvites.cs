using Pds.Application.Accounts;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Application.Server.Invites;

/// <summary>Makes invite codes, such as <c>pds-example-com-abcde-2f34g</c>: dashes instead of dots, so that nobody takes one for a link.</summary>
internal sealed class NewInvites(IInviteStore invites, ServiceOptions service, InviteOptions options, TimeProvider time)
{
    private const int Groups = 2;
    private const int GroupLength = 5;

    /// <summary>A code of the administrator's making, good for so many sign-ups.</summary>
    public string Add(InviteOwner forAccount, int uses)
    {
        var code = New(forAccount, InviteOwner.Admin, uses, time.GetUtcNow());
        invites.Add(code);
        return code.Code;
    }

    /// <summary>The codes that an account has earned beyond those it <paramref name="has"/>, good for one sign-up each. Call it in the account's turn.</summary>
    /// <remarks>An account that must not invite gets them all the same, disabled: it does not catch up when it may again.</remarks>
    public IReadOnlyList<InviteCode> AddEarned(Account account, IReadOnlyList<InviteCode> has)
    {
        var now = time.GetUtcNow();
        var due = options.Allowance?.CountDue(account.CreatedAt, has, now) ?? 0;
        if (due == 0) return [];

        var owner = InviteOwner.Of(account.Did);
        List<InviteCode> codes = [.. Enumerable.Range(0, due).Select(_ => New(owner, owner, uses: 1, now) with { Disabled = account.InvitesDisabled })];
        invites.AddEarned(account.Did, codes, total: has.Count(code => code.CreatedBy == owner) + due);
        return codes;
    }

    private InviteCode New(InviteOwner forAccount, InviteOwner createdBy, int uses, DateTimeOffset now)
    {
        var text = $"{service.Hostname.Replace('.', '-')}-{ReadableCode.Create(Groups, GroupLength).Reveal()}";
        return new InviteCode(text, uses, Disabled: false, forAccount, createdBy, now);
    }
}
