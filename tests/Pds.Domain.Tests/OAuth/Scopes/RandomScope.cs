using System.Globalization;

namespace Pds.Domain.Tests.OAuth.Scopes;

/// <summary>Scopes that are nearly right, and often enough are right.</summary>
internal sealed class RandomScope(Random random)
{
    private static readonly string[] Names = ["app.bsky.feed.post", "app.bsky.feed.like", "com.example.a", "*", "app.bsky.*"];
    private static readonly string[] Services = ["*", "did:web:api.bsky.app%23bsky_appview", "did:web:localhost%253A2583%23x", "did:plc:ewvi7nxzyoun6zhxrhs64oiz%23a/b?c", "did:web:a.b"];
    private static readonly string[] Types = ["*/*", "image/*", "image/PNG", "image/svg+xml", "application/vnd.api+json", "text"];

    private static readonly (string Resource, (string Name, string[] Values)[] Parameters)[] Resources =
    [
        ("repo", [("collection", Names), ("action", ["create", "update", "delete"])]),
        ("rpc", [("lxm", Names), ("aud", Services)]),
        ("blob", [("accept", Types)]),
        ("account", [("attr", ["email", "repo", "status"]), ("action", ["read", "manage"])]),
        ("identity", [("attr", ["handle", "*"])]),
        ("include", [("nsid", Names), ("aud", Services)]),
    ];

    public string Next()
    {
        var (resource, parameters) = Pick(Resources);
        var text = resource;
        if (random.Next(3) > 0) text += $":{Encode(Pick(parameters[0].Values))}";

        var named = Enumerable.Range(0, random.Next(4)).Select(_ => Pick(parameters)).Select(parameter => $"{parameter.Name}={Encode(Pick(parameter.Values))}").ToList();
        return named.Count == 0 ? text : $"{text}?{string.Join('&', named)}";
    }

    /// <summary>Now and then percent-encoding where there need be none.</summary>
    private string Encode(string value) => random.Next(4) > 0
        ? value
        : string.Concat(value.Select(c => c != '%' && random.Next(3) == 0 ? string.Create(CultureInfo.InvariantCulture, $"%{(int)c:X2}") : c.ToString()));

    private T Pick<T>(T[] all) => all[random.Next(all.Length)];
}
