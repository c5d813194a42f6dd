using System.Diagnostics;
using System.Diagnostics.Metrics;
using MediatR;

namespace Pds.Application.Pipeline;

/// <summary>Counts and times every request by its name. Outermost, so that it sees refusals too; never the request's contents.</summary>
internal sealed class TelemetryBehaviour<TRequest, TOutput>(TimeProvider time) : IPipelineBehavior<TRequest, TOutput>
    where TRequest : IRequest<TOutput>
{
    private static readonly TagList Tags = new() { { "request", $"{typeof(TRequest).Namespace?["Pds.Application.".Length..]}.{typeof(TRequest).Name}" } };

    public async Task<TOutput> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TOutput> next)
    {
        var started = time.GetTimestamp();
        try
        {
            return await next();
        }
        finally
        {
            Telemetry.RequestDuration.Record(time.GetElapsedTime(started).TotalSeconds, Tags);
        }
    }
}

/// <summary>The meter that all of Application reports to.</summary>
public static class Telemetry
{
    public const string MeterName = "Pds";

    private static readonly Meter Meter = new(MeterName);

    internal static Histogram<double> RequestDuration { get; } =
        Meter.CreateHistogram<double>("pds.request.duration", unit: "s", description: "Time that a request spends in its handler, flush included");
}
