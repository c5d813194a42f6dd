using Pds.Domain.Syntax;

namespace Pds.Domain.OAuth.Scopes;

/// <summary><c>rpc:app.bsky.feed.getFeed?aud=did:web:api.bsky.app%23bsky_appview</c>: calling other services in the account's name (https://atproto.com/specs/permission#rpc).</summary>
public sealed class RpcScope : Scope
{
    internal const string Resource = "rpc";
    private const string Lxm = "lxm";
    private const string Aud = "aud";
    private const string AnyAudience = "*";

    private RpcScope(IReadOnlyList<Nsid>? methods, DidReference? audience) : base(Print(methods, audience)) => (Methods, Audience) = (methods, audience);

    /// <summary>In the order of their names; null for all.</summary>
    public IReadOnlyList<Nsid>? Methods { get; }

    /// <summary>Which service; null for any.</summary>
    public DidReference? Audience { get; }

    /// <summary>Calling <paramref name="method"/>, or whatever there is where that is null, of one service.</summary>
    public static RpcScope Of(Nsid? method, DidReference audience) => new(method is null ? null : [method], audience);

    public override bool Covers(Scope needed) =>
        needed is RpcScope rpc && IsFor(rpc.Audience) && (Methods is null || (rpc.Methods is not null && rpc.Methods.All(Methods.Contains)));

    internal static RpcScope? Read(ScopeParameters parameters)
    {
        if (parameters.Values(Lxm, Aud) is not { } values || !NameList.TryRead(values[Lxm], out var methods)) return null;
        if (values[Aud].ToList() is not [var aud]) return null;
        if (aud == AnyAudience) return methods is null ? null : new RpcScope(methods, audience: null); // any method of any service is not for anyone to give away
        return TryReadService(aud, out var audience) ? new RpcScope(methods, audience) : null;
    }

    /// <summary>One of the services in the document of somebody who may be in this network.</summary>
    internal static bool TryReadService(string text, out DidReference? service) =>
        DidReference.TryParse(text, out service) && service is { Fragment: not null, Did.IsBlessed: true };

    /// <summary>Whether <paramref name="needed"/> is this scope's. For methods that are named a bare DID is: the tokens of proxied calls carry no more. For
    /// all methods it is not: the DID may have other services, with methods of their own.</summary>
    private bool IsFor(DidReference? needed) =>
        Audience is null || Audience == needed || (Methods is not null && needed is { Fragment: null } && needed.Did == Audience.Did);

    private static string Print(IReadOnlyList<Nsid>? methods, DidReference? audience) => ScopeText.Print(
        Resource, (Lxm, NameList.Print(methods)), (Aud, [audience?.ToString() ?? AnyAudience]));
}
