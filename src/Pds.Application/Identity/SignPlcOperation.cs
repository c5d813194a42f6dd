using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Identity.Updating;
using Pds.Application.Pipeline;
using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Identity;

/// <summary><c>com.atproto.identity.signPlcOperation</c>: signs a change to the caller's identity with the server's rotation key. Nothing is published.</summary>
/// <remarks>
/// What is left out stays as it is. The change may take the account away from here, so it is not held against this server's own needs:
/// <see cref="SubmitPlcOperation"/> does that. A code is used up by a signature alone; after a refusal it still works.
/// </remarks>
/// <param name="Token">The code that <see cref="RequestPlcOperationSignature"/> sent.</param>
public sealed record SignPlcOperation(
    Secret? Token = null, IReadOnlyList<string>? RotationKeys = null, IReadOnlyList<string>? AlsoKnownAs = null,
    LexObject? VerificationMethods = null, LexObject? Services = null) : ICommand<SignPlcOperation.Output>, IRepoCommand
{
    public sealed record Output(LexObject Operation);

    internal sealed class Handler(ICaller caller, EmailTokens tokens, PlcUpdates plc) : IRequestHandler<SignPlcOperation, Output>
    {
        public async Task<Output> Handle(SignPlcOperation command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            PlcUpdates.RequirePlc(did);
            var changes = ReadChanges(command);

            await TakeCodeAsync(did, command.Token, ct);
            var operation = await plc.SignAsync(did, changes, ct);
            return new Output(operation.Fields);
        }

        private Task TakeCodeAsync(Did did, Secret? token, CancellationToken ct) => token is not null && token.Reveal().Length > 0
            ? tokens.TakeAsync(did, EmailTokenPurpose.PlcOperation, token, ct)
            : throw XrpcException.InvalidRequest("email confirmation token required to sign PLC operations");

        private static LexObject ReadChanges(SignPlcOperation command)
        {
            var changes = new Dictionary<string, LexValue>();
            if (command.RotationKeys is { } keys) changes["rotationKeys"] = ListOf(keys);
            if (command.AlsoKnownAs is { } aliases) changes["alsoKnownAs"] = ListOf(aliases);
            if (command.VerificationMethods is { } methods) changes["verificationMethods"] = methods;
            if (command.Services is { } services) changes["services"] = services;
            return new LexObject(changes);
        }

        private static LexArray ListOf(IReadOnlyList<string> texts) => new([.. texts.Select(text => new LexString(text))]);
    }
}
