using System.Collections.Frozen;

namespace Pds.Application.Proxying;

/// <summary>Which headers of a call go on to another service, and no others: neither cookies nor who the caller's program is, and never the caller's credentials.</summary>
internal static class PassedHeaders
{
    public const string AcceptEncoding = "accept-encoding";
    private const string ExtensionPrefix = "x-atproto-";

    private static readonly FrozenSet<string> OfAnyCall = FrozenSet.Create(AcceptEncoding, "accept-language", "atproto-accept-labelers", "x-bsky-topics");
    private static readonly FrozenSet<string> OfBodies = FrozenSet.Create("content-type", "content-encoding", "content-length");

    /// <param name="call">The caller's.</param>
    /// <param name="hasBody">Whether its body goes on too.</param>
    public static Dictionary<string, string> Of(IIncomingCall call, bool hasBody)
    {
        // The answer goes back as it comes, so it must be encoded as the caller understands it.
        var passed = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [AcceptEncoding] = "identity" };
        foreach (var (name, value) in call.Headers)
        {
            var goesOn = OfAnyCall.Contains(name) || name.StartsWith(ExtensionPrefix, StringComparison.Ordinal) || (hasBody && OfBodies.Contains(name));
            if (goesOn && value.Length > 0) passed[name] = value;
        }

        return passed;
    }
}
