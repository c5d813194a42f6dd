using MediatR;
using Pds.Application.Maintenance;

namespace Pds.Api.Hosting;

/// <summary>Sends the maintenance commands when they are due. The command line sends the same ones.</summary>
internal sealed partial class MaintenanceTimetable(IServiceScopeFactory scopes, TimeProvider time, ILogger<MaintenanceTimetable> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private const int HoursADay = 24;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            await SendAsync(new FinishAccountRemovals(), stoppingToken); // what the last run of the server may have left
            await SendAsync(new RemoveLeftRepos(), stoppingToken);
            for (var hour = 1; await timer.WaitForNextTickAsync(stoppingToken); hour++)
            {
                await SendAsync(new FinishAccountRemovals(), stoppingToken);
                await SendAsync(new RemoveLeftRepos(), stoppingToken);
                await SendAsync(new DeleteExpiredAccounts(), stoppingToken);
                await SendAsync(new CollectTemporaryBlobs(), stoppingToken);
                await SendAsync(new ExpireDevices(), stoppingToken);
                await SendAsync(new ExpireAuthorizations(), stoppingToken);
                await SendAsync(new TrimEvents(), stoppingToken);
                if (hour % HoursADay == 0) await SendAsync(new CollectOrphanBlobs(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task SendAsync(IRequest<int> job, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var count = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(job, ct);
            if (count > 0) LogDone(job.GetType().Name, count);
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // one that fails is tried again when it is next due
        {
            LogFailed(job.GetType().Name, failure);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Job}: {Count}")]
    private partial void LogDone(string job, int count);

    [LoggerMessage(LogLevel.Error, "{Job} failed")]
    private partial void LogFailed(string job, Exception failure);
}
