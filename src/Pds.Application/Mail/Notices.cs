using System.Threading.Channels;

namespace Pds.Application.Mail;

/// <summary>Letters that nobody waits for: they go out one after the other, beside the requests that caused them. In memory: a crash loses those that are waiting.</summary>
public sealed class Notices
{
    /// <summary>How many may wait for a mail server that is slow; of more, the newest are not sent.</summary>
    private const int Capacity = 1_000;

    private readonly Channel<Letter> _waiting = Channel.CreateBounded<Letter>(new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The letters in the order in which they were posted; ends after <see cref="Close"/>, with the last.</summary>
    public IAsyncEnumerable<Letter> Waiting => _waiting.Reader.ReadAllAsync();

    public void Post(Letter letter) => _waiting.Writer.TryWrite(letter);

    /// <summary>Nothing is taken any more: the server stops.</summary>
    public void Close() => _waiting.Writer.TryComplete();
}
