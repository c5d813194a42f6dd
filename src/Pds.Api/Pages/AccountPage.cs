using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Pds.Application.Accounts.Devices;
using Pds.Application.Accounts.Factors;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary>A page of one account, <c>/account/{account}/…</c>: for whoever is signed in to it in this browser. Anybody else is asked to sign in, and led back.</summary>
/// <remarks>The account is in the address, so that a form acts on the account whose page it is on, whatever other tabs are open.</remarks>
internal abstract class AccountPage : FormPage
{
    private Account? _account;

    public Account Account => _account ?? throw new InvalidOperationException("Nobody is signed in");

    public AccountLinks Links => new(Account.Did);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (!Did.TryParse(RouteData.Values["account"] as string, out var did))
        {
            context.Result = NotFound();
            return;
        }

        _account = await Device.FindAsync(Aborted) is { } device ? await Requests.SendAsync(new UseSignIn(device, did), Aborted) : null;
        if (_account is null)
        {
            var query = HttpMethods.IsPost(Request.Method) ? "" : Request.QueryString.Value; // a form's query names its handler
            context.Result = LocalRedirect(SignInModel.UrlFor(OwnPath + query, did.Value));
            return;
        }

        Requests.ActAs(_account);
        ViewData["Account"] = _account;
        await next();
    }

    private string OwnPath => AccountLinks.Escape(Request.Path.Value!);

    public virtual Task<IActionResult> OnGetAsync() => ShowAsync();

    /// <summary>Does what a form asks for and tells so on the page that the browser is led to: this one, as a rule.</summary>
    protected Task<IActionResult> DoAsync(Func<Task> act, string told, string? to = null) => TryAsync(async () =>
    {
        await act();
        return Done(told, to);
    });

    /// <summary>Leads the browser on, and tells there what was done.</summary>
    protected IActionResult Done(string told, string? to = null)
    {
        Told = told;
        return LocalRedirect(to ?? OwnPath);
    }

    /// <summary>Asks for the password before something that a borrowed browser must not do.</summary>
    protected Task<Unit> ProveAsync(string? proof) => SendAsync(new ProveOwner(Secret.Of(proof ?? "")));
}
