using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pds.Application.Accounts.Devices;
using Pds.Application.OAuth.Authorizing;
using Pds.Application.OAuth.Consent;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages.OAuth;

/// <summary><c>/oauth/authorize</c>: an app has led the browser here with a request that it pushed. Asks who is here and whether the app may, and leads back (https://atproto.com/specs/oauth#authorization-interface).</summary>
/// <remarks>
/// Signing in and signing up happen on their own pages, which lead back here. From an opening that nobody was asked anything for, browsers are redirected (status 303).
/// After a form they are led by a page: Chromium holds every redirect after a form against <c>form-action</c>, the client's own redirects too.
/// </remarks>
internal sealed class AuthorizeModel(PageAssets assets) : FormPage
{
    private AuthorizeAddress? _address;

    public AuthorizeAddress Address => _address ?? throw new InvalidOperationException("The address is wrong");

    public AuthorizeView View { get; private set; } = new AuthorizeView.Begin();

    public Task<IActionResult> OnGetAsync(string? account, bool choose) => AnswerAsync(async () =>
        IsOpenedByPerson ? await OpenAsync(ReadAccount(account), choose) : Page());

    /// <summary>A person has pressed the button.</summary>
    public Task<IActionResult> OnPostBeginAsync() => AnswerAsync(() => OpenAsync(account: null, choose: false));

    public Task<IActionResult> OnPostAcceptAsync(string? account, string[] scope) => AnswerAsync(async () =>
    {
        var device = await Device.EnsureAsync(Aborted);
        var signedIn = await ListSignedInAsync(device);
        if (ReadAccount(account) is not { } did || signedIn.FirstOrDefault(one => one.Did == did) is not { } owner) return LocalRedirect(Address.Url);

        await SendAsync(new UseSignIn(device, did));
        var response = await SendAsync(new AcceptAuthorization(Address.Request, device, owner, scope));
        return response is { RedirectUri.IsPrivateUse: true, Location: { } location } ? Redirect303(location) : ShowWayBack(response); // an app opens by what its user did
    });

    public Task<IActionResult> OnPostRejectAsync() => AnswerAsync(async () =>
        ShowWayBack(await SendAsync(new RejectAuthorization(Address.Request, await Device.EnsureAsync(Aborted)))));

    /// <summary>Browsers say so of what they open in a tab (Fetch Metadata), where they reach a server over TLS or on the same machine. A frame is not a tab, and previews say nothing.</summary>
    private bool IsOpenedByPerson =>
        HttpMethods.IsGet(Request.Method) && Request.Headers["Sec-Fetch-Mode"] == "navigate" && Request.Headers["Sec-Fetch-Dest"] == "document";

    private async Task<IActionResult> AnswerAsync(Func<Task<IActionResult>> answer)
    {
        if (!AuthorizeAddress.TryRead(Request.Query, out _address)) return ShowFault(Texts.AuthorizeUnreadable, detail: null);
        try
        {
            return await answer();
        }
        catch (OAuthException fault)
        {
            return ShowFault(await TextOfAsync(fault), fault.Message);
        }
    }

    private async Task<IActionResult> OpenAsync(Did? account, bool choose)
    {
        var device = await Device.EnsureAsync(Aborted);
        var step = await SendAsync(new OpenAuthorization(Address.Request, Address.Client, device, await ListSignedInAsync(device)));
        if (step is AuthorizationStep.Answer { Response: var response }) return account is null && !HttpMethods.IsPost(Request.Method) && response.Location is { } location ? Redirect303(location) : ShowWayBack(response);

        var question = ((AuthorizationStep.Ask)step).Question;
        var items = await SendAsync(new ListSignIns(device));
        if (choose) return items.Count > 0 ? ShowChoice(question, items) : SignIn(identifier: null);
        if ((account ?? question.Selected) is { } did) return await AskAsync(question, items, did);
        if (question.Prompt == Prompt.Create) return LocalRedirect(SignUpModel.UrlFor(Address.Url));
        return items.Count == 0 || (question.LoginHint is not null && question.Prompt != Prompt.SelectAccount) ? SignIn(question.LoginHint) : ShowChoice(question, items);
    }

    /// <summary>Goes on with an account that was chosen.</summary>
    private async Task<IActionResult> AskAsync(AuthorizationQuestion question, IReadOnlyList<ListSignIns.Item> items, Did did)
    {
        var item = items.FirstOrDefault(item => item.Account.Did == did);
        if (item is null or { Holds: false }) return SignIn(item?.Account.ShownHandle.Value ?? question.LoginHint);
        if (question.Accounts.FirstOrDefault(account => account.Did == did) is not { } choice) return Show(new AuthorizeView.SwitchedOff(item.Account));
        if (choice.NeedsSignIn) return SignIn(choice.Handle.Value);
        if (choice.NeedsConsent) return await ShowConsentAsync(question, choice);

        var device = await Device.EnsureAsync(Aborted);
        return ShowWayBack(await SendAsync(new AcceptAuthorization(Address.Request, device, new DeviceAccount(did, item.SignedInAt))));
    }

    private async Task<IReadOnlyList<DeviceAccount>> ListSignedInAsync(DeviceId device) =>
        [.. (await SendAsync(new ListSignIns(device))).Where(item => item.Holds).Select(item => new DeviceAccount(item.Account.Did, item.SignedInAt))];

    private LocalRedirectResult SignIn(string? identifier) => LocalRedirect(SignInModel.UrlFor(Address.Url, identifier));

    private PageResult ShowChoice(AuthorizationQuestion question, IReadOnlyList<ListSignIns.Item> items)
    {
        var shown = items.Select(item => item with { Holds = item.Holds && !question.Accounts.Any(account => account.Did == item.Account.Did && account.NeedsSignIn) });
        return Show(new AuthorizeView.Choose(question, new AccountChoices(Address.Url, [.. shown])));
    }

    private async Task<IActionResult> ShowConsentAsync(AuthorizationQuestion question, AccountChoice account)
    {
        var app = question.RedirectUri.IsPrivateUse ? $" {question.RedirectUri.PolicySource}" : "";
        var logo = question.Client.Logo is { } picture ? $" {picture.GetLeftPart(UriPartial.Authority)}" : "";
        Response.Headers.ContentSecurityPolicy = PageGuard.Policy(assets, app, logo);
        return Show(new AuthorizeView.Consent(question, account, await SendAsync(new DescribeScopes(question.Scope, [.. question.Locales, .. ReaderLanguages.Of(Request)]))));
    }

    private PageResult ShowWayBack(AuthorizationResponse response)
    {
        if (response.Location is null) Response.Headers.ContentSecurityPolicy = PageGuard.Policy(assets, $" {response.RedirectUri.PolicySource}");
        return Show(new AuthorizeView.Leave(response));
    }

    private async Task<string> TextOfAsync(OAuthException fault) =>
        fault.Error != "invalid_request" && await SendAsync(new FindRequestClient(Address.Request)) is { } client ? Texts.AuthorizeClientFault.With(ClientNames.Of(client)) : Texts.AuthorizeUnknown;

    private PageResult ShowFault(string text, string? detail)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Show(new AuthorizeView.Fault(text, detail));
    }

    private PageResult Show(AuthorizeView view)
    {
        View = view;
        return Page();
    }

    /// <summary>See Other, so that nothing that was sent here is sent on (RFC 9700 §4.12).</summary>
    private StatusCodeResult Redirect303(string location)
    {
        Response.Headers.Location = location;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private static Did? ReadAccount(string? text) => Did.TryParse(text, out var did) ? did : null;
}
