using Pds.Domain.Accounts;

namespace Pds.Application.Ports;

/// <summary>Turns passwords into what may be stored, and checks them against it. Slow and hungry on purpose: tens of milliseconds and megabytes.</summary>
public interface IPasswordHasher
{
    ValueTask<string> HashAsync(Secret password, CancellationToken ct);

    /// <param name="stored">What <see cref="HashAsync"/> returned, or null where there is no such account: that is always wrong but takes as long, so that time does not tell who has one.</param>
    /// <exception cref="FormatException">The stored text is not a hash: a corrupt row.</exception>
    ValueTask<PasswordCheck> VerifyAsync(string? stored, Secret password, CancellationToken ct);
}
