using System.Text.Json;
using Pds.Application.Mail;
using Pds.Domain.Syntax;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>Two servers of ours and one directory: the old one's, which the new one asks over HTTP. And the steps of a move between them.</summary>
public sealed class TwoServers : IAsyncLifetime
{
    /// <summary>How long the new server waits for an answer of the directory's.</summary>
    private const int PatienceInMilliseconds = 400;

    private const string CarType = "application/vnd.ipld.car";

    public PdsFixture Old { get; } = new();

    public MoodyDirectory Directory { get; private set; } = null!;

    public PdsFixture New { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Old.InitializeAsync();
        Directory = await MoodyDirectory.StartAsync(() => $"{Old.Url}/plc");
        New = new Newcomer(Directory.Url);
        await New.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await New.DisposeAsync();
        await Directory.DisposeAsync();
        await Old.DisposeAsync();
    }

    /// <summary>Asks the new server for an account, with a token of the old one's.</summary>
    public async Task<XrpcAnswer> CreateAccountAsync(XrpcClient leaving, Actor who)
    {
        var token = (await leaving.GetAsync("com.atproto.server.getServiceAuth", new { aud = "did:web:localhost", lxm = MovingIn.Method })).Ok();
        return await New.CreateAccountAsync(token.GetProperty("token").GetString()!, who.Did, who.Handle);
    }

    /// <summary>The account at the new server, deactivated.</summary>
    public async Task<Actor> TakeInAsync(XrpcClient leaving, Actor who) => new(New.Url, (await CreateAccountAsync(leaving, who)).Ok(), $"password of {who.Handle}");

    /// <summary>Brings over the repo and the blobs that its records mention.</summary>
    public async Task CarryAsync(XrpcClient leaving, Actor arriving)
    {
        var car = (await leaving.GetAsync("com.atproto.sync.getRepo", new { did = arriving.Did.Value })).Body;
        (await arriving.PostAsync("com.atproto.repo.importRepo", car, CarType)).Ok();
        foreach (var blob in (await arriving.GetAsync("com.atproto.repo.listMissingBlobs")).Ok().GetProperty("blobs").EnumerateArray())
        {
            var content = await leaving.GetAsync("com.atproto.sync.getBlob", new { did = arriving.Did.Value, cid = blob.GetProperty("cid").GetString() });
            (await arriving.PostAsync("com.atproto.repo.uploadBlob", content.Body, content.Headers["Content-Type"])).Ok();
        }
    }

    /// <summary>The operation that says where the account is from now on, signed by the old server after a code by mail.</summary>
    public async Task<JsonElement> SignAsync(XrpcClient leaving, Actor who, Actor arriving)
    {
        (await leaving.PostAsync("com.atproto.identity.requestPlcOperationSignature")).Ok();
        var change = (await arriving.GetAsync("com.atproto.identity.getRecommendedDidCredentials")).Ok()
            .EnumerateObject().ToDictionary(field => field.Name, field => (object)field.Value);
        change["token"] = Old.Mail.LastCode<Letter.PlcOperation>(who);
        return (await leaving.PostAsync("com.atproto.identity.signPlcOperation", change)).Ok().GetProperty("operation");
    }

    public static Task<XrpcAnswer> SubmitAsync(Actor arriving, JsonElement operation) =>
        arriving.PostAsync("com.atproto.identity.submitPlcOperation", new { operation });

    public static Task<XrpcAnswer> ActivateAsync(Actor arriving) => arriving.PostAsync("com.atproto.server.activateAccount");

    /// <summary>The whole move.</summary>
    public async Task<Actor> MoveAsync(XrpcClient leaving, Actor who)
    {
        var arriving = await TakeInAsync(leaving, who);
        await CarryAsync(leaving, arriving);
        (await SubmitAsync(arriving, await SignAsync(leaving, who, arriving))).Ok();
        (await ActivateAsync(arriving)).Ok();
        (await leaving.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        return arriving;
    }

    /// <summary>The repo as anybody on the network would take it from there: the key is the directory's word.</summary>
    public async Task<VerifiedRepo> ExportAsync(Actor actor)
    {
        var car = await actor.GetAsync("com.atproto.sync.getRepo", new { did = actor.Did.Value });
        return VerifiedRepo.Verify(car.Body, actor.Did, await VerifiedRepo.FindSigningKeyAsync(Old.Anyone, actor.Did));
    }

    public static async Task<IReadOnlyList<string?>> BlobsOfAsync(Actor actor) =>
        [.. (await actor.GetAsync("com.atproto.sync.listBlobs", new { did = actor.Did.Value })).Ok().GetProperty("cids").EnumerateArray().Select(cid => cid.GetString())];

    /// <summary>Whether the new server has an account of that DID, in whatever state.</summary>
    public async Task<bool> HasAccountAsync(Did did) => (int)(await New.Admin.GetAsync("com.atproto.admin.getAccountInfo", new { did = did.Value })).Status == 200;

    private sealed class Newcomer(string plcUrl) : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
        {
            ["Pds:Identity:PlcUrl"] = plcUrl,
            ["Pds:Identity:ResolverTimeout"] = $"{PatienceInMilliseconds}",
        };
    }
}
