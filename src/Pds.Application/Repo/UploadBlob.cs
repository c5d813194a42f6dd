using MediatR;
using Pds.Application.Accounts;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.Repo.Blobs;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Repo;

/// <summary><c>com.atproto.repo.uploadBlob</c>: take a file in. Nobody sees it until a record mentions it.</summary>
/// <remarks>Not an <see cref="IRepoCommand"/>: a slow upload must not hold up the account's other writes. It takes its turn once it has arrived.</remarks>
public sealed record UploadBlob(Stream Content, string ContentType) : ICommand<UploadBlob.Output>
{
    public sealed record Output(BlobRef Blob);

    internal sealed class Handler(
        AccountGate accounts, IBlobStore store, IBlobIndex index, IRepoGate gate, IUnitOfWork unitOfWork,
        StorageOptions storage, TimeProvider time) : IRequestHandler<UploadBlob, Output>
    {
        public async Task<Output> Handle(UploadBlob command, CancellationToken ct)
        {
            var did = (await accounts.RequireCallerAsync(ct)).Did;
            await using var incoming = await store.ReceiveAsync(did, command.Content, storage.BlobUploadLimit, ct);
            var mimeType = MimeSniffer.Sniff(incoming.Head.Span) ?? MimeSniffer.WithoutParameters(command.ContentType);

            using var turn = await gate.EnterAsync(did, ct);
            await accounts.RequireCallerAsync(ct); // again: it may have taken minutes to arrive
            var blob = await PutAsync(did, incoming, mimeType, ct);
            await unitOfWork.SaveChangesAsync(ct);
            return new Output(new BlobRef(blob.Cid, blob.MimeType, blob.Size));
        }

        private async Task<StoredBlob> PutAsync(Did did, IIncomingBlob incoming, string mimeType, CancellationToken ct)
        {
            var known = await index.FindAsync(did, incoming.Cid, ct);
            if (known?.TakedownRef is not null) throw XrpcException.InvalidRequest("Blob has been takendown, cannot re-upload");

            // The file first: a row without its file would be a promise that cannot be kept; a file without its row is only litter.
            await incoming.KeepAsync(ct);
            if (known is { TemporarySince: null }) return known;

            var now = time.GetUtcNow();
            var blob = new StoredBlob(incoming.Cid, mimeType, incoming.Size, known?.CreatedAt ?? now, TemporarySince: now);
            await index.PutAsync(did, blob, ct);
            return blob;
        }
    }
}
