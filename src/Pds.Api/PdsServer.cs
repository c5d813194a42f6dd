using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.ResponseCompression;
using Pds.Api.Auth;
using Pds.Api.Configuration;
using Pds.Api.DevPlc;
using Pds.Api.Health;
using Pds.Api.Hosting;
using Pds.Api.Limits;
using Pds.Api.OAuth;
using Pds.Api.Pages;
using Pds.Api.WellKnown;
using Pds.Api.Xrpc;
using Pds.Application;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Application.Proxying;
using Pds.Domain.Lexicon;
using Pds.Infrastructure;

namespace Pds.Api;

/// <summary>The whole server: options, layers, middleware in their order, routes.</summary>
internal static class PdsServer
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <exception cref="SettingsException">The settings are wrong; the message is for the operator.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(PdsServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        var options = builder.AddPdsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            ConnectionLimits.Apply(kestrel.Limits, options);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        AddServices(builder.Services, ReadLexicons(options.Storage));
        builder.Services.AddLimits(options);
        adjust?.Invoke(builder);

        var app = builder.Build();
        Use(app, options);
        return app;
    }

    /// <summary>Before anything is served: a document that is wrong must not wait for the first record that it concerns.</summary>
    private static LexiconCatalog ReadLexicons(StorageOptions storage)
    {
        try
        {
            return storage.LexiconDirectory is { } folder ? LexiconCatalog.Builtin.WithFolder(folder) : LexiconCatalog.Builtin;
        }
        catch (Exception wrong) when (wrong is LexiconException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The lexicon documents in {storage.LexiconDirectory} (PDS_LEXICON_DIRECTORY) cannot be used: {wrong.Message}", wrong);
        }
    }

    private static void AddServices(IServiceCollection services, LexiconCatalog lexicons)
    {
        services.AddApplication().AddInfrastructure();
        services.AddSingleton(lexicons);
        services.AddScoped<HttpCaller>().AddScoped<ICaller>(provider => provider.GetRequiredService<HttpCaller>()).AddScoped<Authenticator>();
        services.AddScoped<SessionCredentials>().AddScoped<DpopCredentials>().AddScoped<ServiceCredentials>().AddScoped<AdminBasic>();
        services.AddSingleton<ServiceTokens>().AddSingleton<IssuerKeys>().AddSingleton<UsedTokens>();
        services.AddSingleton<ITokenIssuer, SessionTokens>();
        services.AddSingleton<AppTokens>().AddSingleton<IAccessTokenIssuer>(provider => provider.GetRequiredService<AppTokens>());

        services.AddAuthentication().AddJwtBearer(SessionTokens.AccessScheme, _ => { }).AddJwtBearer(SessionTokens.RefreshScheme, _ => { });
        foreach (var scheme in new[] { SessionTokens.AccessScheme, SessionTokens.RefreshScheme })
        {
            services.AddOptions<JwtBearerOptions>(scheme).Configure<SecretOptions, ServiceOptions, TimeProvider>(
                (bearer, secrets, service, time) => SessionTokens.Configure(bearer, scheme, secrets, service, time));
        }

        services.AddHttpContextAccessor().AddScoped<IIncomingCall, HttpIncomingCall>();
        services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.AddPages();
        services.AddHostedService<Startup>();
        services.AddHostedService<MaintenanceTimetable>().AddHostedService<NoticeDelivery>().AddHostedService<RelayNotices>();
    }

    private static void Use(WebApplication app, PdsOptions options)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestBodies>();
        app.UseMiddleware<Cors>();
        app.UseResponseCompression();
        app.UseMiddleware<XrpcExceptionHandler>();
        app.UseMiddleware<PageErrors>();
        app.UseRouting();
        app.UseMiddleware<PageGuard>();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromSeconds(30) });

        var xrpc = new XrpcRoutes(app);
        ComAtprotoAdmin.Map(xrpc);
        ComAtprotoServer.Map(xrpc);
        ComAtprotoRepo.Map(xrpc);
        ComAtprotoSync.Map(xrpc);
        ComAtprotoIdentity.Map(xrpc);
        ComAtprotoLexicon.Map(xrpc);
        ComAtprotoModeration.Map(xrpc);
        ComAtprotoTemp.Map(xrpc);
        LocalPdsAdmin.Map(xrpc);
        LocalPdsIdentity.Map(xrpc);
        AppBskyActor.Map(xrpc);
        AppBskyFeed.Map(xrpc);
        AppBskyNotification.Map(xrpc);
        xrpc.Fallback();

        app.MapHealth();
        app.MapWellKnown();
        app.MapTlsCheck();
        app.MapOAuth();
        app.MapPages();
        if (options.Identity.PlcUrl is null) app.MapDevPlc();
        app.MapFallback(NotFoundAsync);
    }

    /// <summary>A person is shown a page that says so; see <see cref="PageErrors"/>.</summary>
    private static Task NotFoundAsync(HttpContext http)
    {
        var answer = PageErrors.IsForPerson(http)
            ? Results.StatusCode(StatusCodes.Status404NotFound)
            : Results.Text($"Cannot {http.Request.Method} {http.Request.Path}", statusCode: StatusCodes.Status404NotFound);
        return answer.ExecuteAsync(http);
    }
}
