namespace Pds.Application.Proxying.ReadAfterWrite;

/// <summary>How much memory the answers take up that are held at one time, whoever asked for them.</summary>
public sealed class AnswerMemory
{
    /// <summary>In bytes. An ordinary page of a timeline has some hundred thousand.</summary>
    public const long Most = 32L * 1024 * 1024;

    private long _taken;

    /// <summary>How much is taken now.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes some; false where so much is not there. Whoever takes gives back.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Most) return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
