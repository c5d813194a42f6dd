using Microsoft.AspNetCore.Mvc;

namespace Pds.Api.Pages;

/// <summary>What is shown where there is no page, or it went wrong. Never asked for by its own address.</summary>
[IgnoreAntiforgeryToken]
internal sealed class ErrorModel : FormPage
{
    private PageFault _fault = new(StatusCodes.Status404NotFound, Refusal: null);

    public int Status => _fault.Status;

    public string Title => Status switch
    {
        StatusCodes.Status400BadRequest => Texts.Error400,
        StatusCodes.Status403Forbidden => Texts.Error403,
        StatusCodes.Status404NotFound => Texts.Error404,
        StatusCodes.Status429TooManyRequests => Texts.Error429,
        StatusCodes.Status503ServiceUnavailable => Texts.Error503,
        < StatusCodes.Status500InternalServerError => Texts.Error4xx,
        _ => Texts.Error500,
    };

    public string Text => _fault.Refusal is { } refusal ? Refusals.TextOf(refusal) : Status switch
    {
        StatusCodes.Status400BadRequest => Texts.Error400Help,
        StatusCodes.Status403Forbidden => Texts.Error403Help,
        StatusCodes.Status404NotFound => Texts.Error404Help,
        < StatusCodes.Status500InternalServerError => Texts.Error4xxHelp,
        _ => Texts.Error500Help,
    };

    public void OnGet()
    {
        if (HttpContext.Features.Get<PageFault>() is { } fault) _fault = fault;
        Response.StatusCode = Status;
    }
}
