using MediatR;
using Pds.Application.Errors;
using Pds.Application.LocalPds.Admin.Relays;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Sequencing;
using Pds.Domain.Syntax;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.listRelays</c>: what relays know of this server, beside what there is to know.</summary>
/// <param name="Relays">Their addresses; those of the settings where there are none.</param>
public sealed record ListRelays(IReadOnlyList<GenericUri>? Relays = null) : IQuery<ListRelays.Output>
{
    /// <param name="Hostname">What this server is called at relays.</param>
    /// <param name="Seq">Its newest event: microseconds since the Unix epoch; 0 before the first.</param>
    /// <param name="AccountCount">Its accounts, in whatever state.</param>
    public sealed record Output(string Hostname, long Seq, long AccountCount, IReadOnlyList<RelayView> Relays);

    /// <summary>What one relay says.</summary>
    /// <param name="Status">How this server stands there, in the relay's words.</param>
    /// <param name="Seq">The newest event that it has taken.</param>
    /// <param name="AccountCount">The accounts that it has from here.</param>
    /// <param name="Failure">Why nothing is known; null where the relay has answered.</param>
    public sealed record RelayView(Uri Relay, string? Status = null, long? Seq = null, long? AccountCount = null, string? Failure = null);

    internal sealed class Handler(IRelays relays, NamedRelays named, Sequencer sequencer, IAccountStore accounts, ServiceOptions service) : IRequestHandler<ListRelays, Output>
    {
        public async Task<Output> Handle(ListRelays query, CancellationToken ct)
        {
            var asked = named.Find(query.Relays is { } given ? [.. given.Select(relay => new Uri(relay.Value, UriKind.RelativeOrAbsolute))] : null);

            var views = await Task.WhenAll(asked.Select(relay => AskAsync(relay, ct)));
            return new Output(service.Hostname, sequencer.Last, await accounts.CountAsync(ct), views);
        }

        private async Task<RelayView> AskAsync(Uri relay, CancellationToken ct)
        {
            try
            {
                return await relays.FindHostStatusAsync(relay, ct) is { } known
                    ? new RelayView(relay, known.Status, known.Seq, known.AccountCount)
                    : new RelayView(relay, Failure: $"The relay does not know {service.Hostname}");
            }
            catch (XrpcException refusal)
            {
                return new RelayView(relay, Failure: refusal.Message);
            }
        }
    }
}
