using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pds.Api.Limits;
using Pds.Api.Xrpc;
using Pds.Application.Errors;

namespace Pds.Api.Pages;

/// <summary>A page with forms. What a form asks for is done by a request of Application's; where that is refused, the page is shown again and says why.</summary>
internal abstract class FormPage : PageModel
{
    /// <summary>Why what was asked for was not done; null where nothing was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What was done by the form before this page.</summary>
    [TempData]
    public string? Told { get; set; }

    protected CancellationToken Aborted => HttpContext.RequestAborted;

    protected BrowserDevice Device => HttpContext.RequestServices.GetRequiredService<BrowserDevice>();

    protected PageRequests Requests => HttpContext.RequestServices.GetRequiredService<PageRequests>();

    protected Task<TOutput> SendAsync<TOutput>(IRequest<TOutput> request) => Requests.SendAsync(request, Aborted);

    /// <summary>Sends what a method's limit counts too.</summary>
    /// <exception cref="XrpcException">RateLimitExceeded; those of the request.</exception>
    protected Task<TOutput> SendAsync<TOutput>(IRequest<TOutput> request, Limit limit)
    {
        var admission = HttpContext.Features.Get<PageAdmission>()!.Admission;
        (admission with { Limit = limit }).Count(HttpContext, request);
        return SendAsync(request);
    }

    /// <summary>Loads what the page shows. Before it is shown for the first time, and again where a form was refused.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Does what a form asks for, or shows the page again.</summary>
    protected async Task<IActionResult> TryAsync(Func<Task<IActionResult>> act)
    {
        try
        {
            return await act();
        }
        catch (XrpcException refusal)
        {
            Refusal = Refusals.TextOf(refusal);
            Response.StatusCode = XrpcExceptionHandler.StatusOf(refusal);
            if (refusal.RetryAfter is { } wait) XrpcExceptionHandler.TellWhen(Response, wait);
        }

        await LoadAsync();
        return Page();
    }

    /// <summary>Loads and shows the page.</summary>
    protected async Task<IActionResult> ShowAsync()
    {
        await LoadAsync();
        return Page();
    }
}
