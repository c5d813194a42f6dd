using System.Collections.Concurrent;
using Pds.Application.Mail;
using Pds.Application.Ports;

namespace Pds.TestKit;

/// <summary>Takes the letters of a server in, as a mail server would, for the test to read.</summary>
public sealed class CapturedMail : IMailer
{
    private readonly ConcurrentQueue<Letter> _letters = [];
    private int _refused;

    /// <summary>What sending fails with; null while the mail server works.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How many letters were not taken.</summary>
    public int Refused => _refused;

    /// <summary>Everything that was sent, oldest first.</summary>
    public IReadOnlyList<Letter> Letters => [.. _letters];

    public Task SendAsync(Letter letter, CancellationToken ct)
    {
        if (Failure is { } failure)
        {
            Interlocked.Increment(ref _refused);
            return Task.FromException(failure);
        }

        _letters.Enqueue(letter);
        return Task.CompletedTask;
    }

    /// <summary>The last letter of a kind to an actor's address.</summary>
    public TLetter Last<TLetter>(Actor to) where TLetter : Letter => _letters.OfType<TLetter>().Last(letter => letter.To == to.Email);

    /// <summary>The code in the last letter of a kind to an actor's address.</summary>
    public string LastCode<TLetter>(Actor to) where TLetter : Letter.WithCode => Last<TLetter>(to).Code.Reveal();
}
