using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Pds.Api.Pages;

internal static class DependencyInjection
{
    /// <summary>The largest form, in bytes: a few short texts.</summary>
    private const int LargestForm = 64 * 1024;

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        services.AddSingleton<PageAssets>().AddSingleton<PageCookies>().AddSingleton<FactorTicket>();
        services.AddScoped<BrowserDevice>().AddScoped<PageRequests>();

        services.AddOptions<AntiforgeryOptions>().Configure<PageCookies>((options, cookies) =>
        {
            cookies.Bind(options.Cookie, "csrf");
            options.FormFieldName = "csrf";
            options.SuppressXFrameOptionsHeader = true; // PageGuard's
        });
        services.AddOptions<CookieTempDataProviderOptions>().Configure<PageCookies>((options, cookies) => cookies.Bind(options.Cookie, "told"));
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.Services.GetRequiredService<PageAssets>().Map(app);
        app.MapRazorPages().WithMetadata(new Page(), new RequestSizeLimitAttribute(LargestForm));
    }
}
