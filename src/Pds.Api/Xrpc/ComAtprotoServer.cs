using MediatR;
using Pds.Api.Auth;
using Pds.Api.Limits;
using Pds.Application.Accounts;
using Pds.Application.Server;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Api.Xrpc;

/// <summary><c>com.atproto.server.*</c></summary>
internal static class ComAtprotoServer
{
    private const string SignInToActivate =
        "Account reactivation is not available with OAuth credentials. Sign in to your account management page to reactivate.";

    private const string ChangeEmailOnPage = "Use the account manager interface to update email address associated with an account";

    private static readonly Scope ManageEmail = AccountScope.Of(AccountAttribute.Email, AccountAction.Manage);
    private static readonly Scope ManageStatus = AccountScope.Of(AccountAttribute.Status, AccountAction.Manage);

    public static void Map(XrpcRoutes xrpc)
    {
        xrpc.ProcedureWithoutInput<ActivateAccount, Unit>("com.atproto.server.activateAccount", Access.FullSession.NoApp(SignInToActivate));
        xrpc.Query<CheckAccountStatus, CheckAccountStatus.Output>("com.atproto.server.checkAccountStatus", Access.Session.OrApp());
        xrpc.Procedure<ConfirmEmail, Unit>("com.atproto.server.confirmEmail", Access.Session.OrApp(ManageEmail));
        xrpc.Procedure<CreateAccount, CreateAccount.Output>("com.atproto.server.createAccount", Access.PublicOrIssuer, Limit.CreateAccount);
        xrpc.Procedure<CreateAppPassword, CreateAppPassword.Output>("com.atproto.server.createAppPassword", Access.FullSession);
        xrpc.Procedure<CreateInviteCode, CreateInviteCode.Output>("com.atproto.server.createInviteCode", Access.Admin);
        xrpc.Procedure<CreateInviteCodes, CreateInviteCodes.Output>("com.atproto.server.createInviteCodes", Access.Admin);
        xrpc.Procedure<CreateSession, SessionWithTokens>("com.atproto.server.createSession", Access.Public, Limit.CreateSession);
        xrpc.Procedure<DeactivateAccount, Unit>("com.atproto.server.deactivateAccount", Access.FullSession.OrTakendown().OrApp(ManageStatus));
        xrpc.Procedure<DeleteAccount, Unit>("com.atproto.server.deleteAccount", Access.Public, Limit.DeleteAccount);
        xrpc.ProcedureWithoutInput<DeleteSession, Unit>("com.atproto.server.deleteSession", Access.RefreshToEnd);
        xrpc.Query<DescribeServer, DescribeServer.Output>("com.atproto.server.describeServer", Access.Public);
        xrpc.Query<GetAccountInviteCodes, GetAccountInviteCodes.Output>("com.atproto.server.getAccountInviteCodes", Access.FullSession);
        xrpc.Query<GetServiceAuth, GetServiceAuth.Output>("com.atproto.server.getServiceAuth", Access.Session.OrTakendown().OrApp("rpc:{lxm}?aud={aud}"));
        xrpc.Query<GetSession, SessionInfo>("com.atproto.server.getSession", Access.Session.OrQueued().OrApp());
        xrpc.Query<ListAppPasswords, ListAppPasswords.Output>("com.atproto.server.listAppPasswords", Access.Session);
        xrpc.ProcedureWithoutInput<RefreshSession, SessionWithTokens>("com.atproto.server.refreshSession", Access.Refresh);
        xrpc.ProcedureWithoutInput<RequestAccountDelete, Unit>("com.atproto.server.requestAccountDelete", Access.FullSession, Limit.RequestAccountDelete);
        xrpc.ProcedureWithoutInput<RequestEmailConfirmation, Unit>("com.atproto.server.requestEmailConfirmation", Access.Session.OrApp(ManageEmail), Limit.RequestEmailConfirmation);
        xrpc.ProcedureWithoutInput<RequestEmailUpdate, RequestEmailUpdate.Output>("com.atproto.server.requestEmailUpdate", Access.FullSession.NoApp(ChangeEmailOnPage), Limit.RequestEmailUpdate);
        xrpc.Procedure<RequestPasswordReset, Unit>("com.atproto.server.requestPasswordReset", Access.Public, Limit.RequestPasswordReset);
        xrpc.Procedure<ReserveSigningKey, ReserveSigningKey.Output>("com.atproto.server.reserveSigningKey", Access.Public);
        xrpc.Procedure<ResetPassword, Unit>("com.atproto.server.resetPassword", Access.Public, Limit.ResetPassword);
        xrpc.Procedure<RevokeAppPassword, Unit>("com.atproto.server.revokeAppPassword", Access.Session);
        xrpc.Procedure<UpdateEmail, Unit>("com.atproto.server.updateEmail", Access.FullSession.NoApp(ChangeEmailOnPage));
    }
}
