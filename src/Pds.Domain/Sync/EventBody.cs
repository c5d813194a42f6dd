using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Domain.Sync;

/// <summary>The second half of a frame. Keys are written in DAG-CBOR's order: shorter first, then by their bytes.</summary>
internal static class EventBody
{
    public static void Write(DagCborWriter cbor, CommitEvent commit, long seq, AtDatetime time)
    {
        cbor.WriteMapHeader(commit.PrevData is null ? 11 : 12);
        cbor.WriteText("ops"u8);
        cbor.WriteArrayHeader(commit.Ops.Count);
        foreach (var op in commit.Ops) WriteOp(cbor, op);
        cbor.WriteText("rev"u8);
        cbor.WriteText(commit.Rev.ToString());
        cbor.WriteText("seq"u8);
        cbor.WriteInteger(seq);
        cbor.WriteText("repo"u8);
        cbor.WriteText(commit.Did.Value);
        cbor.WriteText("time"u8);
        cbor.WriteText(time.Value);
        cbor.WriteText("blobs"u8); // deprecated but required, as are rebase and tooBig
        cbor.WriteArrayHeader(0);
        cbor.WriteText("since"u8);
        if (commit.Since is { } since) cbor.WriteText(since.ToString());
        else cbor.WriteNull();
        cbor.WriteText("blocks"u8);
        cbor.WriteBytes(commit.Blocks.Span);
        cbor.WriteText("commit"u8);
        cbor.WriteLink(commit.Commit);
        cbor.WriteText("rebase"u8);
        cbor.WriteBoolean(false);
        cbor.WriteText("tooBig"u8);
        cbor.WriteBoolean(false);
        if (commit.PrevData is not { } prevData) return;
        cbor.WriteText("prevData"u8);
        cbor.WriteLink(prevData);
    }

    private static void WriteOp(DagCborWriter cbor, RepoOp op)
    {
        cbor.WriteMapHeader(op.Prev is null ? 3 : 4);
        cbor.WriteText("cid"u8);
        cbor.WriteLinkOrNull(op.Cid);
        cbor.WriteText("path"u8);
        cbor.WriteText(op.Path.ToString());
        if (op.Prev is { } prev)
        {
            cbor.WriteText("prev"u8);
            cbor.WriteLink(prev);
        }

        cbor.WriteText("action"u8);
        cbor.WriteText(op.Action switch { RepoAction.Create => "create"u8, RepoAction.Update => "update"u8, _ => "delete"u8 });
    }

    public static void Write(DagCborWriter cbor, SyncEvent sync, long seq, AtDatetime time)
    {
        cbor.WriteMapHeader(5);
        cbor.WriteText("did"u8);
        cbor.WriteText(sync.Did.Value);
        cbor.WriteText("rev"u8);
        cbor.WriteText(sync.Rev.ToString());
        WriteSeqAndTime(cbor, seq, time);
        cbor.WriteText("blocks"u8);
        cbor.WriteBytes(sync.Blocks.Span);
    }

    public static void Write(DagCborWriter cbor, IdentityEvent identity, long seq, AtDatetime time)
    {
        cbor.WriteMapHeader(identity.Handle is null ? 3 : 4);
        cbor.WriteText("did"u8);
        cbor.WriteText(identity.Did.Value);
        WriteSeqAndTime(cbor, seq, time);
        if (identity.Handle is not { } handle) return;
        cbor.WriteText("handle"u8);
        cbor.WriteText(handle.Value);
    }

    public static void Write(DagCborWriter cbor, AccountEvent account, long seq, AtDatetime time)
    {
        cbor.WriteMapHeader(account.Active ? 4 : 5);
        cbor.WriteText("did"u8);
        cbor.WriteText(account.Did.Value);
        WriteSeqAndTime(cbor, seq, time);
        cbor.WriteText("active"u8);
        cbor.WriteBoolean(account.Active);
        if (account.Active) return;
        cbor.WriteText("status"u8);
        cbor.WriteText(account.Status.ToText());
    }

    private static void WriteSeqAndTime(DagCborWriter cbor, long seq, AtDatetime time)
    {
        cbor.WriteText("seq"u8);
        cbor.WriteInteger(seq);
        cbor.WriteText("time"u8);
        cbor.WriteText(time.Value);
    }
}
