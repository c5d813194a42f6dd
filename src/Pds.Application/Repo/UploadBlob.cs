using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Blobs;
using Pds.Domain.Data;
using Pds.Domain.OAuth.Scopes;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.uploadBlob</c>: take a file in. Nobody sees it until a record mentions it.</summary>
/// <remarks>Not an <see cref="IRepoCommand"/>: a slow upload must not hold up the account's other writes. It takes its turn once it has arrived.</remarks>
public sealed record UploadBlob(Stream Content, string ContentType) : ICommand<UploadBlob.Output>
{
    public sealed record Output(BlobRef Blob);

    internal sealed class Handler(ICaller caller, AccountGate accounts, BlobIntake blobs, IRepoGate gate, IUnitOfWork unitOfWork) : IRequestHandler<UploadBlob, Output>
    {
        public async Task<Output> Handle(UploadBlob command, CancellationToken ct)
        {
            var did = caller.RequireDid();
            caller.Permissions.Demand(BlobScope.Of(MimeSniffer.WithoutParameters(command.ContentType)));
            await using var incoming = await blobs.ReceiveAsync(did, command.Content, ct);

            using var turn = await gate.EnterAsync(did, ct);
            await accounts.RequireCallerAsync(ct); // as it is now: the blob may have taken minutes to arrive
            var blob = await blobs.KeepAsync(did, incoming, command.ContentType, ct);
            await unitOfWork.SaveChangesAsync(ct);
            return new Output(new BlobRef(blob.Cid, blob.MimeType, blob.Size));
        }
    }
}
