using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Accounts.Devices;
using Pds.Application.Accounts.Factors;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Accounts;

namespace Pds.Api.Pages;

/// <summary><c>/sign-in</c>: identifier and password, then the second factor where the account has one. For the account's pages and for whatever else leads here and back.</summary>
internal sealed class SignInModel(FactorTicket tickets) : FormPage
{
    public SignInFields Fields { get; private set; } = new(Return: null);

    /// <summary>The way in without a password; null in the second step.</summary>
    public PasskeyFields? Passkey { get; private set; }

    /// <summary>What is asked for beside the password; null in the first step.</summary>
    public FactorFields? Factor { get; private set; }

    /// <param name="to">Where to lead the browser afterwards; null for the account's own pages.</param>
    /// <param name="identifier">What to fill in.</param>
    public static string UrlFor(string? to, string? identifier)
    {
        var query = new QueryBuilder();
        if (to is not null) query.Add("return", to);
        if (identifier is not null) query.Add("identifier", identifier);
        return $"/sign-in{query}";
    }

    public Task<IActionResult> OnGetAsync(string? @return, string? identifier)
    {
        Fields = new SignInFields(ReturnTarget.Of(@return), identifier);
        return ShowAsync();
    }

    public Task<IActionResult> OnPostAsync(string? @return, string? identifier, string? password, bool remember)
    {
        Fields = new SignInFields(ReturnTarget.Of(@return), identifier, remember);
        return TryAsync(async () =>
        {
            var name = (identifier ?? "").Trim().TrimStart('@');
            var step = await SendAsync(new BeginSignIn(await Device.VisitAsync(Aborted), name, Secret.Of(password ?? ""), remember), Limit.CreateSession);
            if (step is SignInStep.Entered entered) return Enter(entered);

            var asked = (SignInStep.NeedsFactor)step;
            var contents = new FactorTicket.Contents(asked.Mark, asked.Kinds, remember);
            Factor = await AskAsync(tickets.Write(contents), contents);
            return Page();
        });
    }

    public Task<IActionResult> OnPostFactorAsync(string? @return, string? ticket, string? code)
    {
        Fields = new SignInFields(ReturnTarget.Of(@return));
        var contents = tickets.Read(ticket);
        return TryAsync(async () =>
        {
            if (contents is not null) Factor = await AskAsync(ticket!, contents);
            else throw XrpcException.ExpiredToken(Texts.SignInTooOld);

            return Enter(await SendAsync(
                new FinishSignIn(await Device.VisitAsync(Aborted), contents.Mark, Secret.Of(code ?? ""), contents.IsRemembered), Limit.CreateSession));
        });
    }

    /// <summary>In either step: a passkey stands for both.</summary>
    public Task<IActionResult> OnPostPasskeyAsync(string? @return, string? ticket, string? credential, bool remember)
    {
        Fields = new SignInFields(ReturnTarget.Of(@return), IsRemembered: remember);
        return TryAsync(async () => Enter(await SendAsync(
            new EnterByPasskey(await Device.VisitAsync(Aborted), new PasskeyAnswer(ticket ?? "", credential ?? ""), remember), Limit.CreateSession)));
    }

    protected override async Task LoadAsync()
    {
        if (Factor is null) Passkey = new PasskeyFields(Fields.Return, await SendAsync(new BeginPasskeySignIn()), Fields.IsRemembered);
    }

    private async Task<FactorFields> AskAsync(string ticket, FactorTicket.Contents contents)
    {
        var passkey = contents.Kinds.HasFlag(FactorKinds.Passkey)
            ? new PasskeyFields(Fields.Return, await SendAsync(new BeginPasskeySignIn(contents.Mark.Did)), contents.IsRemembered)
            : null;
        return new FactorFields(Fields.Return, ticket, contents.Kinds, passkey);
    }

    private LocalRedirectResult Enter(SignInStep.Entered entered)
    {
        Device.Keep(entered.Key);
        return LocalRedirect(ReturnTarget.For(Fields.Return, entered.Did));
    }
}
