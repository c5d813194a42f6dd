using Pds.Domain.Accounts;
using Pds.Domain.Data;
using Pds.Domain.Repo;
using Pds.Domain.Syntax;

namespace Pds.Domain.Sync;

/// <summary>The bytes of one WebSocket message: a header and a body, each a DAG-CBOR map with its keys in canonical order.</summary>
/// <remarks>
/// https://atproto.com/specs/event-stream. The body holds the sequence number and the time, so a frame is made once, when both are
/// settled, and sent to everyone as it is.
/// </remarks>
public static class EventFrame
{
    private const int MessageOp = 1;
    private const int ErrorOp = -1;
    private const int UsualLength = 512;
    private const int UsualOpLength = 192;

    /// <param name="message">What happened.</param>
    /// <param name="seq">Its place in the stream.</param>
    /// <param name="time">When it was put there; the wire has milliseconds.</param>
    public static byte[] Encode(RepoEvent message, long seq, DateTimeOffset time)
    {
        using var buffer = new FrameBuffer(message switch
        {
            CommitEvent commit => UsualLength + commit.Blocks.Length + (commit.Ops.Count * UsualOpLength),
            SyncEvent sync => UsualLength + sync.Blocks.Length,
            _ => UsualLength,
        });
        var cbor = new DagCborWriter(buffer);
        var moment = AtDatetime.Of(time);
        WriteHeader(cbor, message.Type);
        switch (message)
        {
            case CommitEvent commit: WriteCommit(cbor, commit, seq, moment); break;
            case SyncEvent sync: WriteSync(cbor, sync, seq, moment); break;
            case IdentityEvent identity: WriteIdentity(cbor, identity, seq, moment); break;
            case AccountEvent account: WriteAccount(cbor, account, seq, moment); break;
            default: throw new ArgumentException($"No frame for {message.GetType().Name}", nameof(message));
        }

        return buffer.ToArray();
    }

    public static byte[] Encode(InfoFrame info)
    {
        using var buffer = new FrameBuffer(UsualLength);
        var cbor = new DagCborWriter(buffer);
        WriteHeader(cbor, "#info");
        WriteNamed(cbor, "name"u8, info.Name, info.Message);
        return buffer.ToArray();
    }

    public static byte[] Encode(ErrorFrame error)
    {
        using var buffer = new FrameBuffer(UsualLength);
        var cbor = new DagCborWriter(buffer);
        cbor.WriteMapHeader(1);
        cbor.WriteText("op"u8);
        cbor.WriteInteger(ErrorOp);
        WriteNamed(cbor, "error"u8, error.Error, error.Message);
        return buffer.ToArray();
    }

    private static void WriteHeader(DagCborWriter cbor, string type)
    {
        cbor.WriteMapHeader(2);
        cbor.WriteText("t"u8);
        cbor.WriteText(type);
        cbor.WriteText("op"u8);
        cbor.WriteInteger(MessageOp);
    }

    private static void WriteCommit(DagCborWriter cbor, CommitEvent commit, long seq, AtDatetime time)
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

    private static void WriteSync(DagCborWriter cbor, SyncEvent sync, long seq, AtDatetime time)
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

    private static void WriteIdentity(DagCborWriter cbor, IdentityEvent identity, long seq, AtDatetime time)
    {
        cbor.WriteMapHeader(identity.Handle is null ? 3 : 4);
        cbor.WriteText("did"u8);
        cbor.WriteText(identity.Did.Value);
        WriteSeqAndTime(cbor, seq, time);
        if (identity.Handle is not { } handle) return;
        cbor.WriteText("handle"u8);
        cbor.WriteText(handle.Value);
    }

    private static void WriteAccount(DagCborWriter cbor, AccountEvent account, long seq, AtDatetime time)
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

    private static void WriteNamed(DagCborWriter cbor, ReadOnlySpan<byte> key, string name, string? message)
    {
        cbor.WriteMapHeader(message is null ? 1 : 2);
        cbor.WriteText(key);
        cbor.WriteText(name);
        if (message is null) return;
        cbor.WriteText("message"u8);
        cbor.WriteText(message);
    }
}
