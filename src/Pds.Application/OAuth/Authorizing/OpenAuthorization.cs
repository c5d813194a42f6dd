using MediatR;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>The browser that a client sent here opens its authorization request (<c>GET /oauth/authorize</c>); the same again where the page is loaded anew.</summary>
/// <remarks>
/// The first browser to open a request owns it; a second one ends it for both, and the client hears <c>access_denied</c>. So only a person's browser may
/// send this: a page that is fetched without the headers of a navigation (<c>Sec-Fetch-Mode: navigate</c>, <c>Sec-Fetch-Dest: document</c>) is a preview's,
/// and changes nothing.
/// </remarks>
/// <param name="Client">The <c>client_id</c> beside the request: one that the request is not of ends it too. Null where pages of this server lead back, in the browser that has it open.</param>
/// <param name="Device">The browser, known by its cookie or new.</param>
/// <param name="Accounts">The accounts that are signed in there.</param>
/// <exception cref="OAuthException">invalid_request: there is no such request; invalid_client_metadata: the client's documents cannot be had now. Show it; there is nobody to answer to.</exception>
public sealed record OpenAuthorization(RequestUri Request, ClientId? Client, DeviceId Device, IReadOnlyList<DeviceAccount> Accounts) : ICommand<AuthorizationStep>
{
    internal sealed class Handler(OpenRequests open, AccountChoices choices, Acceptance acceptance, IClientDocuments clients, OAuthOptions options)
        : IRequestHandler<OpenAuthorization, AuthorizationStep>
    {
        public async Task<AuthorizationStep> Handle(OpenAuthorization command, CancellationToken ct)
        {
            using var turn = await open.EnterAsync(command.Request, ct);
            var request = await open.RequireAsync(command.Request, ct);
            if (command.Client is null && request.Device is null) throw OAuthException.InvalidRequest("Missing \"client_id\" parameter");
            if (FindAgain(command, request) is { } again) return new AuthorizationStep.Answer(again);
            if (open.FaultOf(request, command.Device, command.Client) is { } fault)
                return new AuthorizationStep.Answer(await open.RefuseAsync(request, "access_denied", fault, ct));

            var metadata = await clients.FindAsync(request.Client, ct);
            var accounts = await choices.ListAsync(request, command.Accounts, ct);
            if (await AnswerAtOnceAsync(request, command.Device, accounts, ct) is { } answer) return new AuthorizationStep.Answer(answer);

            request = request with { Device = command.Device };
            await open.KeepAsync(request, ct);
            return new AuthorizationStep.Ask(await AskAsync(request, metadata, accounts, ct));
        }

        private AuthorizationResponse? FindAgain(OpenAuthorization command, PushedRequest request) =>
            command.Client is null || command.Client == request.Client ? acceptance.FindAgain(request, command.Device) : null;

        /// <summary>Answers without a word to the user, where the client wants that or names who it is, and the user would have nothing to say (OpenID Connect Core §3.1.2.1); null where there is something to ask.</summary>
        private async Task<AuthorizationResponse?> AnswerAtOnceAsync(PushedRequest request, DeviceId device, IReadOnlyList<AccountChoice> accounts, CancellationToken ct)
        {
            var parameters = request.Parameters;
            var meant = accounts.Where(account => parameters.LoginHint is null || IsMeant(parameters, account)).ToList();
            var error = meant switch
            {
                [] or [{ NeedsSignIn: true }] => ("login_required", "Login is required"),
                [{ NeedsConsent: true }] => ("consent_required", "User consent required"),
                [_] => default((string Error, string Description)?),
                _ => ("account_selection_required", "Account selection required"),
            };

            var isSilent = parameters.Prompt == Prompt.None;
            if (error is { } why) return isSilent ? await open.RefuseAsync(request, why.Error, why.Description, ct) : null;
            return isSilent || (parameters.Prompt is null && parameters.LoginHint is not null)
                ? await acceptance.AcceptAsync(request, device, meant[0].Did, parameters.Scopes, ct)
                : null;
        }

        private async Task<AuthorizationQuestion> AskAsync(PushedRequest request, ClientMetadata client, IReadOnlyList<AccountChoice> accounts, CancellationToken ct)
        {
            var parameters = request.Parameters;
            var selected = parameters.Prompt is null or Prompt.Login or Prompt.Consent ? accounts.FirstOrDefault(account => IsMeant(parameters, account))?.Did : null;
            return new AuthorizationQuestion(
                request.Id, ClientView.Of(client, options.TrustedClients.Contains(client.Id)), parameters.RedirectUri!, parameters.Scope, parameters.Prompt,
                await choices.FindHintAsync(parameters.LoginHint, ct), accounts, selected, parameters.Locales, request.ExpiresAt);
        }

        private static bool IsMeant(AuthorizationRequest request, AccountChoice account) =>
            request.LoginHint is { } hint && (hint.Did == account.Did || (hint.Handle is not null && hint.Handle == account.Handle));
    }
}
