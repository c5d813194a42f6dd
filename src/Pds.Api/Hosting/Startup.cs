using Pds.Api.Configuration;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.Infrastructure;

namespace Pds.Api.Hosting;

/// <summary>Brings the database up before the first request, and tells the operator what was started and where to go next.</summary>
internal sealed partial class Startup(
    IServiceProvider services, PdsOptions options, ServiceOptions service, StorageOptions storage, IKeyFactory keys, ILogger<Startup> log) : IHostedLifecycleService
{
    /// <exception cref="StartupException">The data cannot be used; the message is for the operator.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var warning in options.Warnings) LogWarning(warning);
        await services.StartInfrastructureAsync(cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        LogStarted(service.PublicUrl, service.Did, storage.DataDirectory, keys.Backend);
        if (service.IsSandbox) TellSandbox();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>On the console, not in the log: the generated password is for the person in front of it.</summary>
    private void TellSandbox()
    {
        var password = options.AdminPasswordIsGenerated ? options.Secrets.AdminPassword.Reveal() : "as set";
        var folder = options.Mail.Accounts.Server as MailServer.Folder;
        Console.Out.WriteLine(
            $"""

            This is a sandbox: nothing {(folder is null ? "but mail " : "")}leaves this machine, and handles end in {string.Join(" or ", options.Identity.HandleDomains)}.

              Open it               {service.PublicUrl}
              Create an account     curl -X POST {service.PublicUrl}/xrpc/com.atproto.server.createAccount \
                                      -H 'content-type: application/json' \
                                      -d '{"{"}"handle":"alice{options.Identity.HandleDomains[0]}","email":"alice@example.com","password":"correct horse"{"}"}'
              PLC directory         {options.Identity.PlcUrl?.ToString() ?? $"{service.PublicUrl}/plc"}
              Administrator         admin / {password}
              Mail                  {folder?.Path ?? "goes by the mail server that is set"}
              Data                  {storage.DataDirectory}

            """);
    }

    [LoggerMessage(LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(string warning);

    [LoggerMessage(LogLevel.Information, "Serving {Url} as {Did}; data in {DataDirectory}; K-256 signatures by {Backend}")]
    private partial void LogStarted(string url, Did did, string dataDirectory, string backend);
}
