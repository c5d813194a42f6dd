using System.Collections.Frozen;
using Pds.Domain.Syntax;

namespace Pds.Application.Proxying;

/// <summary>The methods for which no service token is given out, or not to everybody; neither are calls of them passed on to a service that way.</summary>
/// <remarks>Names are compared without regard to case: some server somewhere may route them so.</remarks>
internal static class GuardedMethods
{
    /// <summary>Control of the account itself: for its own session, never by way of a service.</summary>
    private static readonly FrozenSet<string> Protected = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "com.atproto.admin.sendEmail",
        "com.atproto.identity.requestPlcOperationSignature",
        "com.atproto.identity.signPlcOperation",
        "com.atproto.identity.updateHandle",
        "com.atproto.server.activateAccount",
        "com.atproto.server.confirmEmail",
        "com.atproto.server.createAppPassword",
        "com.atproto.server.deactivateAccount",
        "com.atproto.server.getAccountInviteCodes",
        "com.atproto.server.getSession",
        "com.atproto.server.listAppPasswords",
        "com.atproto.server.requestAccountDelete",
        "com.atproto.server.requestEmailConfirmation",
        "com.atproto.server.requestEmailUpdate",
        "com.atproto.server.revokeAppPassword",
        "com.atproto.server.updateEmail");

    /// <summary>Direct messages, and moving house: for the account's own password, and for app passwords that were made for it.</summary>
    private static readonly FrozenSet<string> Privileged = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "chat.bsky.actor.deleteAccount",
        "chat.bsky.actor.exportAccountData",
        "chat.bsky.convo.deleteMessageForSelf",
        "chat.bsky.convo.getConvo",
        "chat.bsky.convo.getConvoForMembers",
        "chat.bsky.convo.getLog",
        "chat.bsky.convo.getMessages",
        "chat.bsky.convo.leaveConvo",
        "chat.bsky.convo.listConvos",
        "chat.bsky.convo.muteConvo",
        "chat.bsky.convo.sendMessage",
        "chat.bsky.convo.sendMessageBatch",
        "chat.bsky.convo.unmuteConvo",
        "chat.bsky.convo.updateRead",
        CreateAccount);

    /// <summary>Moving to another server: the one method for which an account that is taken down gets a token.</summary>
    public const string CreateAccount = "com.atproto.server.createAccount";

    public static bool IsProtected(Nsid method) => Protected.Contains(method.Value);

    public static bool IsPrivileged(Nsid method) => Privileged.Contains(method.Value);
}
