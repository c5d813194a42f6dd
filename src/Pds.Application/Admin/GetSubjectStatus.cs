using MediatR;
using Pds.Application.Admin.Subjects;
using Pds.Application.Errors;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Application.Admin;

/// <summary><c>com.atproto.admin.getSubjectStatus</c>: whether a blob, a record or an account is taken down; the most particular that is named is meant.</summary>
public sealed record GetSubjectStatus(Did? Did = null, AtUri? Uri = null, Cid? Blob = null) : IQuery<GetSubjectStatus.Output>
{
    public sealed record Output(Subject Subject, StatusAttr? Takedown, StatusAttr? Deactivated);

    internal sealed class Handler(IAccountStore accounts, IRecordIndex records, IBlobIndex blobs) : IRequestHandler<GetSubjectStatus, Output>
    {
        public async Task<Output> Handle(GetSubjectStatus query, CancellationToken ct)
        {
            if (query.Blob is { } cid)
                return await FindAsync(query.Did ?? throw XrpcException.InvalidRequest("Must provide a did to request blob state"), cid, ct) ?? throw Subject.NotFound();
            if (query.Uri is { } uri) return await FindAsync(uri, ct) ?? throw Subject.NotFound();
            if (query.Did is { } did) return await FindAsync(did, ct) ?? throw Subject.NotFound();
            throw XrpcException.InvalidRequest("No provided subject");
        }

        private async Task<Output?> FindAsync(Did did, Cid cid, CancellationToken ct) =>
            await blobs.FindAsync(did, cid, ct) is { } blob ? new Output(new RepoBlobRef(did, cid), StatusAttr.Of(blob.TakedownRef), null) : null;

        private async Task<Output?> FindAsync(AtUri uri, CancellationToken ct)
        {
            if (StrongRef.PathOf(uri) is not { } path || await accounts.FindAsync(uri.Authority, ct) is not { } owner) return null;
            if (await records.FindAsync(owner.Did, path, ct) is not { } record) return null;

            var subject = new StrongRef(AtUri.Of(owner.Did, path.Collection, path.Rkey), record.Cid);
            return new Output(subject, StatusAttr.Of(record.TakedownRef), null);
        }

        private async Task<Output?> FindAsync(Did did, CancellationToken ct) =>
            await accounts.FindAsync(did, ct) is { } account
                ? new Output(new RepoRef(did), StatusAttr.Of(account.TakedownRef), new StatusAttr(account.DeactivatedAt is not null))
                : null;
    }
}
