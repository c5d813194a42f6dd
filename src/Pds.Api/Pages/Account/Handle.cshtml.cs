using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Errors;
using Pds.Application.Identity;
using Pds.Application.Identity.Updating;
using Pds.Application.Options;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/handle</c>: another handle, of this server or of a domain of the user's own, and whether that is ready to be taken.</summary>
internal sealed class HandleModel(IdentityOptions identity) : AccountPage
{
    private const string ExampleDomain = "example.com";

    /// <summary>What was typed, as a handle is written.</summary>
    public string? Wanted { get; private set; }

    /// <summary>How that stands; null where nothing was typed.</summary>
    public HandleState? Check { get; private set; }

    /// <summary>What the instructions are for.</summary>
    public string Domain => Check is { IsOwnDomain: true } ? Wanted! : ExampleDomain;

    public string Example => $"name{identity.HandleDomains[0]}";

    /// <summary>Where the script asks while somebody types.</summary>
    public string CheckUrl => $"{Links["handle"]}?handler=check";

    public override Task<IActionResult> OnGetAsync() => TryAsync(async () =>
    {
        if (Request.Query["handle"].ToString() is { Length: > 0 } typed) await CheckAsync(typed);
        return await ShowAsync();
    });

    public async Task<IActionResult> OnGetCheckAsync([FromQuery(Name = "handle")] string? typed)
    {
        try
        {
            await CheckAsync(typed);
        }
        catch (XrpcException refusal)
        {
            Check = new HandleState(Refusals.TextOf(refusal), CanTake: false, IsOwnDomain: false);
        }

        return new JsonResult(new { text = Check!.Text, state = Check.Class });
    }

    public Task<IActionResult> OnPostAsync([FromForm(Name = "handle")] string? typed)
    {
        Wanted = Clean(typed);
        return DoAsync(() => SendAsync(new UpdateHandle(Parse(Wanted)), Limit.UpdateHandle), Texts.HandleIsChanged);
    }

    private async Task CheckAsync(string? text)
    {
        Wanted = Clean(text);
        if (!Handle.TryParse(Wanted, out var handle))
        {
            Check = new HandleState(Texts.NoHandle, CanTake: false, IsOwnDomain: false);
            return;
        }

        var result = await SendAsync(new CheckHandle(handle), Limit.RefreshIdentity);
        Check = new HandleState(TextOf(result), result.State == HandleReadiness.Ready, result.IsOwnDomain);
    }

    private string TextOf(CheckHandle.Output result) => result.State switch
    {
        HandleReadiness.Ready => Texts.HandleReady,
        HandleReadiness.Taken => Texts.HandleTaken,
        HandleReadiness.Refused => result.Reason!,
        HandleReadiness.PointsElsewhere => Texts.HandlePointsElsewhere.With(result.Found!.Value, Account.Did.Value),
        _ => Texts.HandlePointsNowhere,
    };

    private static Handle Parse(string text) => Handle.TryParse(text, out var handle) ? handle : throw XrpcException.InvalidRequest(Texts.NoHandle);

    private static string Clean(string? text) => (text ?? "").Trim().TrimStart('@').ToLowerInvariant();
}

/// <summary>How a handle stands, for people.</summary>
/// <param name="IsOwnDomain">Whether it is of another domain than this server's.</param>
internal sealed record HandleState(string Text, bool CanTake, bool IsOwnDomain)
{
    /// <summary>For the style sheet.</summary>
    public string Class => CanTake ? "success" : "warning";
}
