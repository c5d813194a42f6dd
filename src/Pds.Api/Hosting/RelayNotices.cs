using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Application.Sequencing;

namespace Pds.Api.Hosting;

/// <summary>Asks the relays of the settings to come: after the start, and when something was published since they were last asked. Each relay by itself, and beside all requests.</summary>
/// <remarks>A relay that listens hears of what is new anyway; this is for one that has lost the connection, or never had it. A sandbox has no name to be found by.</remarks>
internal sealed partial class RelayNotices(
    IRelays relays, Sequencer sequencer, SyncOptions options, ServiceOptions service, IHostApplicationLifetime host, TimeProvider time, ILogger<RelayNotices> log)
    : BackgroundService
{
    /// <summary>How long a relay that was asked is left alone.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(20);

    /// <summary>How soon one that did not hear is asked again; twice as long each time, until <see cref="LongestRetry"/>.</summary>
    public static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);

    /// <summary>How long at most until one that does not hear is asked again.</summary>
    public static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        service.IsSandbox ? Task.CompletedTask : Task.WhenAll(options.Crawlers.Distinct().Select(relay => KeepAskingAsync(relay, stoppingToken)));

    private async Task KeepAskingAsync(Uri relay, CancellationToken ct)
    {
        try
        {
            await ServingAsync(ct); // a relay may come back with its first question at once
            while (true)
            {
                var known = sequencer.Last;
                await AskAsync(relay, ct);
                await Task.Delay(Pause, time, ct);
                await sequencer.WaitForNextAsync(known, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task ServingAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(ct);
    }

    /// <summary>Asks until it is heard. Of a relay that does not hear for long there is one line in the log, and one when it does.</summary>
    private async Task AskAsync(Uri relay, CancellationToken ct)
    {
        string? failure = null;
        for (var wait = FirstRetry; ; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            if (await TryAskAsync(relay, ct) is not { } problem) break;
            if (problem != failure) LogNotHeard(relay, problem);
            failure = problem;
            await Task.Delay(wait, time, ct);
        }

        if (failure is not null) LogHeard(relay);
    }

    /// <summary>Null where it was heard, else what was in the way.</summary>
    private async Task<string?> TryAskAsync(Uri relay, CancellationToken ct)
    {
        try
        {
            await relays.RequestCrawlAsync(relay, ct);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException) // the loop goes on whatever it was
        {
            return failure.Message;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The relay {Relay} was asked to come, in vain: {Problem}. It is asked again until it hears")]
    private partial void LogNotHeard(Uri relay, string problem);

    [LoggerMessage(LogLevel.Information, "The relay {Relay} hears again")]
    private partial void LogHeard(Uri relay);
}
