using Pds.Application.Errors;
using Pds.Application.Mail;
using Pds.Application.Ports;

namespace Pds.Api.Hosting;

/// <summary>Sends the letters that nobody waits for.</summary>
internal sealed partial class NoticeDelivery(Notices notices, IMailer mailer, ILogger<NoticeDelivery> log) : BackgroundService
{
    /// <summary>What waits still goes out, as long as the host waits for that.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        notices.Close();
        if (ExecuteTask is { } delivering) await Task.WhenAny(delivering, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in notices.Waiting)
        {
            try
            {
                await mailer.SendAsync(letter, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) // the next letter may go out
            {
                if (failure is not XrpcException { IsLogged: true }) LogNotSent(failure.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A notice to a user was not sent: {Reason}")]
    private partial void LogNotSent(string reason);
}
