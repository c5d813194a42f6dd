using Pds.Application.Errors;
using Pds.Application.Options;

namespace Pds.Application.LocalPds.Admin.Relays;

/// <summary>Which relays an operator means: those that are named, or else those of the settings.</summary>
internal sealed class NamedRelays(SyncOptions options)
{
    /// <summary>How many are asked by one request.</summary>
    public const int Max = 20;

    /// <summary>Those that are meant; none where none are named and none are set.</summary>
    /// <exception cref="XrpcException">InvalidRequest: too many, or one that has no address of a web server.</exception>
    public IReadOnlyList<Uri> Find(IReadOnlyList<Uri>? named)
    {
        var relays = named ?? options.Crawlers;
        if (relays.Count > Max) throw TooFewOrMany();
        if (relays.Any(relay => relay is not { IsAbsoluteUri: true, Scheme: "http" or "https" })) throw XrpcException.InvalidRequest("A relay's address is an http or https URL");
        return relays;
    }

    /// <summary>The same, where there must be one.</summary>
    /// <inheritdoc cref="Find"/>
    public IReadOnlyList<Uri> Require(IReadOnlyList<Uri>? named) => Find(named) is { Count: > 0 } relays ? relays : throw TooFewOrMany();

    private static XrpcException TooFewOrMany() => XrpcException.InvalidRequest($"Name between 1 and {Max} relays, here or in PDS_CRAWLERS");
}
