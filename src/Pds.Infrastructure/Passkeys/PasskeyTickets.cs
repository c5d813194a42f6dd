using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Pds.Application.Accounts;
using Pds.Application.Errors;

namespace Pds.Infrastructure.Passkeys;

/// <summary>What the server wants back from a browser after a ceremony, sealed: the challenge above all. Good once.</summary>
internal sealed class PasskeyTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private const int Capacity = 100_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ComeBack = TimeSpan.FromMinutes(1);

    private readonly UsedOnce _used = new(time, Capacity);
    private readonly IDataProtector _protector = protection.CreateProtector("passkeys");

    /// <param name="ceremony">Which of the two: the ticket is no good for the other.</param>
    /// <param name="state">With its challenge.</param>
    public string Write(string ceremony, string state) =>
        For(ceremony).Protect(string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()} {state}"));

    /// <summary>Uses a ticket up.</summary>
    /// <exception cref="XrpcException">ExpiredToken: it is too old, none of ours, or was used. NotEnoughResources.</exception>
    public string Take(string ceremony, string ticket)
    {
        var (end, state) = Open(ceremony, ticket);
        if (end <= time.GetUtcNow()) throw Expired();
        return _used.Use(state, end) switch
        {
            Use.First => state,
            Use.Again => throw Expired(),
            _ => throw XrpcException.Busy("Too many use passkeys at this moment", ComeBack),
        };
    }

    private (DateTimeOffset End, string State) Open(string ceremony, string ticket)
    {
        try
        {
            var parts = For(ceremony).Unprotect(ticket).Split(' ', 2);
            return (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), parts[1]);
        }
        catch (CryptographicException)
        {
            throw Expired();
        }
    }

    private IDataProtector For(string ceremony) => _protector.CreateProtector(ceremony);

    private static XrpcException Expired() => XrpcException.ExpiredToken("It took too long, or was done already. Try again.");
}
