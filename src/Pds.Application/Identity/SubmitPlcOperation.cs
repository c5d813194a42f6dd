using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Identity.Updating;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Identity;
using Pds.Domain.Plc;
using Pds.Domain.Sync;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.submitPlcOperation</c>: publishes a signed change to the caller's identity, unless the account could not be used here after it.</summary>
/// <remarks>Sent again after an answer that was lost, it tells the network again and changes nothing.</remarks>
public sealed record SubmitPlcOperation(LexObject Operation) : ICommand<Unit>, IRepoCommand
{
    internal sealed class Handler(AccountGate accounts, HostedIdentity hosted, PlcUpdates plc, IIdentityResolver identities, IEventLog events)
        : IRequestHandler<SubmitPlcOperation, Unit>
    {
        public async Task<Unit> Handle(SubmitPlcOperation command, CancellationToken ct)
        {
            var account = await accounts.RequireCallerAsync(ct);
            PlcUpdates.RequirePlc(account.Did);
            var operation = Read(command.Operation);
            await CheckAsync(account, operation.State, ct);

            await plc.SubmitAsync(account.Did, operation);

            events.Append(new IdentityEvent(account.Did));
            await identities.RefreshDidAsync(account.Did, CancellationToken.None); // whoever asks from now on sees the new one
            return Unit.Value;
        }

        private static PlcRegularOperation Read(LexObject fields)
        {
            try
            {
                if (PlcOperation.FromLex(fields) is not PlcRegularOperation operation) throw XrpcException.InvalidRequest("Invalid operation");
                PlcConstraints.Ensure(operation);
                return operation;
            }
            catch (PlcException invalid)
            {
                throw XrpcException.InvalidRequest($"Invalid operation: {invalid.Message}", invalid);
            }
        }

        private async Task CheckAsync(Account account, PlcState state, CancellationToken ct)
        {
            if (await hosted.FindFaultAsync(account.Did, HostingClaims.Of(state), ct) is { } fault) throw XrpcException.InvalidRequest(Describe(fault));
            if (account.Handle is { } handle && (state.AlsoKnownAs is not [var first, ..] || first != $"at://{handle}"))
                throw XrpcException.InvalidRequest("Incorrect handle in alsoKnownAs");
        }

        private static string Describe(HostingFault fault) => fault switch
        {
            HostingFault.RotationKey => "Rotation keys do not include server's rotation key",
            HostingFault.PdsType => "Incorrect type on atproto_pds service",
            HostingFault.PdsEndpoint => "Incorrect endpoint on atproto_pds service",
            _ => "Incorrect signing key",
        };
    }
}
