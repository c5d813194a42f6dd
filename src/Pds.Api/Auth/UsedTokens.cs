using System.Security.Cryptography;
using System.Text;
using Pds.Application.Errors;
using Pds.Domain.Identity;
using Pds.Domain.Syntax;

namespace Pds.Api.Auth;

/// <summary>The tokens that were used and may not be again, until they end by themselves. In memory: a restart forgets them, minutes before they end.</summary>
/// <remarks>Only a trusted issuer's tokens come here, and only after their signature was checked, so no stranger can fill it.</remarks>
internal sealed class UsedTokens(TimeProvider time)
{
    /// <summary>How many are remembered. Beyond that the issuer waits until some have ended.</summary>
    public const int Capacity = 50_000;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _used = [];
    private readonly PriorityQueue<string, double> _ends = new();

    /// <exception cref="XrpcException">BadJwt: it was used already. NotEnoughResources: too many are remembered.</exception>
    public void Use(ServiceToken token, DidReference issuer)
    {
        var (id, now) = (IdOf(token, issuer), time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        lock (_gate)
        {
            while (_ends.TryPeek(out var ended, out var end) && end < now)
            {
                _ends.Dequeue();
                _used.Remove(ended);
            }

            if (_used.Contains(id)) throw XrpcException.ServiceTokenRefused("BadJwt", "jwt was used already");
            if (_used.Count >= Capacity) throw XrpcException.NotEnoughResources("Too many service tokens at once. Try again in a minute.");
            _used.Add(id);
            _ends.Enqueue(id, token.ExpiresAt!.Value);
        }
    }

    /// <summary>The issuer's <c>jti</c>, or what was signed where there is none. Not the signature: it can be written in two ways.</summary>
    private static string IdOf(ServiceToken token, DidReference issuer) => Convert.ToHexString(SHA256.HashData(
        token.Id is { } id ? Encoding.UTF8.GetBytes($"{issuer} {id}") : token.Content.Span));
}
