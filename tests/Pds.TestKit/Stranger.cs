using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Domain.Plc;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>An identity that is nobody's here: a person of another server, a moderation service. Signs service tokens, right and wrong ones.</summary>
public sealed class Stranger
{
    private readonly IServiceProvider _services;
    private readonly ISigningKey _rotationKey;
    private PlcOperation _last;

    private Stranger(IServiceProvider services, Did did, ISigningKey key, ISigningKey labelKey, ISigningKey rotationKey, PlcOperation genesis) =>
        (_services, Did, Key, LabelKey, _rotationKey, _last) = (services, did, key, labelKey, rotationKey, genesis);

    public Did Did { get; }

    /// <summary>The key that its document names <c>#atproto</c>.</summary>
    public ISigningKey Key { get; private set; }

    /// <summary>The key that its document names <c>#atproto_label</c>.</summary>
    public ISigningKey LabelKey { get; }

    /// <summary>Publishes an identity in the directory of a server's own.</summary>
    public static async Task<Stranger> PublishAsync(PdsFixture pds, Curve curve = Curve.K256)
    {
        var (key, labelKey, rotationKey) = (NewKey(pds.Services, curve), NewKey(pds.Services, curve), NewKey(pds.Services, Curve.K256));
        var state = PlcState.Of([rotationKey.PublicKey], key.PublicKey, Handle.Parse("stranger.example.com"), new Uri("https://elsewhere.example.com"));
        var methods = new Dictionary<string, string>(state.VerificationMethods) { ["atproto_label"] = labelKey.PublicKey.ToString() };

        var genesis = PlcGenesis.Create(state with { VerificationMethods = methods }, rotationKey);
        await pds.Services.GetRequiredService<IPlcDirectory>().SubmitAsync(genesis.Did, genesis.Operation, CancellationToken.None);
        return new Stranger(pds.Services, genesis.Did, key, labelKey, rotationKey, genesis.Operation);
    }

    /// <summary>A key that is in no document.</summary>
    public static ISigningKey NewKey(IServiceProvider services, Curve curve = Curve.K256)
    {
        var keys = services.GetRequiredService<IKeyFactory>();
        return keys.Import(keys.Generate(curve));
    }

    /// <summary>Signs with another key from now on, and says so in its document.</summary>
    public async Task ChangeKeyAsync()
    {
        var key = NewKey(_services);
        await MoveAsync(_last.State!.WithSigningKey(key.PublicKey));
        Key = key;
    }

    /// <summary>Says something else of the identity in the directory.</summary>
    public async Task MoveAsync(PlcState state)
    {
        var operation = PlcRegularOperation.Sign(state, _last.Cid, _rotationKey);
        await _services.GetRequiredService<IPlcDirectory>().SubmitAsync(Did, operation, CancellationToken.None);
        _last = operation;
    }

    /// <summary>Ends the identity.</summary>
    public Task EndAsync() => _services.GetRequiredService<IPlcDirectory>().SubmitAsync(Did, PlcTombstone.Sign(_last.Cid, _rotationKey), CancellationToken.None);

    /// <summary>A token for a method of the server, good for a minute, for the test to spoil and sign.</summary>
    public Jwt Claims(string? lxm) => Claims(_services, Did, Key, lxm);

    /// <summary>The same, of any issuer.</summary>
    public static Jwt Claims(IServiceProvider services, Did issuer, ISigningKey key, string? lxm)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iat"] = now,
            ["iss"] = issuer.Value,
            ["aud"] = services.GetRequiredService<ServiceOptions>().Did.Value,
            ["exp"] = now + 60,
            ["lxm"] = lxm,
            ["jti"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        return new Jwt(new JsonObject { ["typ"] = "JWT", ["alg"] = key.PublicKey.JwtAlgorithm }, claims);
    }

    /// <summary>A token that is right.</summary>
    public string Token(string? lxm) => Claims(lxm).Sign(Key);
}
