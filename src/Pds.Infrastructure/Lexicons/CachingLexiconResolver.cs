using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Pds.Application.Errors;
using Pds.Application.Ports;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Outbound;

namespace Pds.Infrastructure.Lexicons;

/// <summary>Remembers lexicon documents, and lives with an old one while no newer can be had. The times are those of https://atproto.com/specs/permission#resolution-and-caching.</summary>
internal sealed partial class CachingLexiconResolver(NetworkLexiconResolver network, TimeProvider time, ILogger<CachingLexiconResolver> log) : ILexiconResolver, IDisposable
{
    /// <summary>Documents are up to 256 KiB, so this bounds the memory too.</summary>
    private const int Capacity = 256;

    /// <summary>How many names are looked up at once, and how many wait: anybody may ask for one that nobody answers for.</summary>
    private const int MaxAtOnce = 16;
    private const int MaxWaiting = 64;

    private static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(90);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    private readonly LookupCache<Nsid, Answer> _answers = new(Capacity, time);
    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MaxAtOnce,
        QueueLimit = MaxWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <exception cref="XrpcException">NotEnoughResources: too many wait.</exception>
    public async Task<PublishedLexicon?> ResolveAsync(Nsid nsid, CancellationToken ct)
    {
        if (!_answers.TryGet(nsid, out var known, out var age) || age >= (known!.IsOfNow ? StaleAfter : TryAgainAfter))
            known = await _answers.LookUpAsync(nsid, () => LookUpAsync(nsid, known), ct);
        return known!.Lexicon;
    }

    public void Dispose() => _turns.Dispose();

    private async Task<Answer?> LookUpAsync(Nsid nsid, Answer? known)
    {
        using var turn = await _turns.AcquireAsync();
        if (!turn.IsAcquired) throw XrpcException.Busy("Too many lexicons are being looked up at this moment", ComeBack);
        try
        {
            return new Answer(await network.ResolveAsync(nsid, CancellationToken.None), time.GetUtcNow(), IsOfNow: true);
        }
        catch (LexiconException failure)
        {
            LogUnresolved(nsid, failure.Message);
            return known is { Lexicon: not null } && time.GetUtcNow() - known.At < MaxAge ? known with { IsOfNow = false } : new Answer(null, default, IsOfNow: false);
        }
    }

    [LoggerMessage(LogLevel.Information, "The lexicon {Nsid} cannot be resolved now: {Reason}")]
    private partial void LogUnresolved(Nsid nsid, string reason);

    /// <param name="Lexicon">Null for none.</param>
    /// <param name="At">When it was had.</param>
    /// <param name="IsOfNow">Whether that was when it was last asked for.</param>
    private sealed record Answer(PublishedLexicon? Lexicon, DateTimeOffset At, bool IsOfNow);
}
