using MediatR;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.requestCrawl</c>: asks relays to come for what is new here.</summary>
/// <param name="Relays">Their addresses; those of the settings where there are none.</param>
public sealed record RequestCrawl(IReadOnlyList<Uri>? Relays = null) : ICommand<RequestCrawl.Output>, IAdminCommand
{
    private const int MaxRelays = 20;

    /// <param name="Failure">What the relay, or the way to it, said against it; null where it will come.</param>
    public sealed record RelayAnswer(Uri Relay, string? Failure);

    public sealed record Output(IReadOnlyList<RelayAnswer> Relays);

    string IAdminCommand.AuditSubject => Relays is null ? "" : string.Join(' ', Relays.Take(MaxRelays));

    internal sealed class Handler(IRelays relays, SyncOptions options) : IRequestHandler<RequestCrawl, Output>
    {
        public async Task<Output> Handle(RequestCrawl command, CancellationToken ct)
        {
            var asked = command.Relays ?? options.Crawlers;
            if (asked.Count is 0 or > MaxRelays) throw XrpcException.InvalidRequest($"Name between 1 and {MaxRelays} relays, here or in PDS_CRAWLERS");
            if (asked.Any(relay => relay is not { IsAbsoluteUri: true, Scheme: "http" or "https" })) throw XrpcException.InvalidRequest("A relay's address is an http or https URL");
            return new Output(await Task.WhenAll(asked.Select(relay => AskAsync(relay, ct))));
        }

        private async Task<RelayAnswer> AskAsync(Uri relay, CancellationToken ct)
        {
            try
            {
                await relays.RequestCrawlAsync(relay, ct);
                return new RelayAnswer(relay, null);
            }
            catch (XrpcException refusal)
            {
                return new RelayAnswer(relay, refusal.Message);
            }
        }
    }
}
