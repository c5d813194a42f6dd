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
            case CommitEvent commit: EventBody.Write(cbor, commit, seq, moment); break;
            case SyncEvent sync: EventBody.Write(cbor, sync, seq, moment); break;
            case IdentityEvent identity: EventBody.Write(cbor, identity, seq, moment); break;
            case AccountEvent account: EventBody.Write(cbor, account, seq, moment); break;
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
