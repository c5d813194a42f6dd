using MediatR;
using Pds.Application.Errors;
using Pds.Application.LocalPds.Admin.Relays;
using Pds.Application.Pipeline;
using Pds.Application.Ports;

namespace Pds.Application.LocalPds.Admin;

/// <summary><c>local.pds.admin.requestCrawl</c>: asks relays to come for what is new here.</summary>
/// <param name="Relays">Their addresses; those of the settings where there are none.</param>
public sealed record RequestCrawl(IReadOnlyList<Uri>? Relays = null) : ICommand<RequestCrawl.Output>, IAdminCommand
{
    /// <param name="Failure">What the relay, or the way to it, said against it; null where it will come.</param>
    public sealed record RelayAnswer(Uri Relay, string? Failure);

    public sealed record Output(IReadOnlyList<RelayAnswer> Relays);

    string IAdminCommand.AuditSubject => Relays is null ? "" : string.Join(' ', Relays.Take(NamedRelays.Max));

    internal sealed class Handler(IRelays relays, NamedRelays named) : IRequestHandler<RequestCrawl, Output>
    {
        public async Task<Output> Handle(RequestCrawl command, CancellationToken ct) =>
            new(await Task.WhenAll(named.Require(command.Relays).Select(relay => AskAsync(relay, ct))));

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
