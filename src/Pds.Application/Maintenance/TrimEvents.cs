using MediatR;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Application.Maintenance;

/// <summary>Forgets events that no cursor reaches any more. Answers how many.</summary>
public sealed record TrimEvents : ICommand<int>
{
    /// <summary>Kept beyond the window, so that a backfill which began at its edge is not cut off under way.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    internal sealed class Handler(IEventLog log, SyncOptions options, TimeProvider time) : IRequestHandler<TrimEvents, int>
    {
        public Task<int> Handle(TrimEvents command, CancellationToken ct) =>
            log.TrimAsync(Math.Max(0, Tid.MicrosecondsOf(time.GetUtcNow() - options.BackfillLimit - Margin)), ct);
    }
}
