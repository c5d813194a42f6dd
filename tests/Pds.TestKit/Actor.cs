using System.Text.Json;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.TestKit;

/// <summary>A signed-in user with the calls that tests make most.</summary>
public sealed class Actor : XrpcClient
{
    public Actor(string url, JsonElement session, string password) : base(url)
    {
        (Session, Password) = (session, password);
        Did = Did.Parse(session.GetProperty("did").GetString()!);
        Handle = session.GetProperty("handle").GetString()!;
        AccessJwt = session.GetProperty("accessJwt").GetString()!;
        RefreshJwt = session.GetProperty("refreshJwt").GetString()!;
        Authorization = $"Bearer {AccessJwt}";
    }

    /// <summary>What signing up answered.</summary>
    public JsonElement Session { get; }

    public Did Did { get; }

    public string Handle { get; }

    /// <summary>The address that the account was made with.</summary>
    public string Email => $"{Handle}@example.com";

    public string Password { get; }

    public string AccessJwt { get; }

    public string RefreshJwt { get; }

    /// <summary>The same user in a new session, as after the tokens have run out.</summary>
    public async Task<Actor> SignInAgainAsync() =>
        new(Url, (await new XrpcClient(Url).PostAsync("com.atproto.server.createSession", new { identifier = Handle, password = Password })).Ok(), Password);

    /// <summary>The same user with the refresh token.</summary>
    public XrpcClient Refreshing => new(Url) { Authorization = $"Bearer {RefreshJwt}" };

    public Task<XrpcAnswer> CreateRecordAsync(object record, string collection = "app.bsky.feed.post", string? rkey = null, bool? validate = null, Cid? swapCommit = null) =>
        PostAsync("com.atproto.repo.createRecord", Present(new() { ["repo"] = Did.Value, ["collection"] = collection, ["record"] = record, ["rkey"] = rkey, ["validate"] = validate, ["swapCommit"] = swapCommit?.ToString() }));

    public Task<XrpcAnswer> PutRecordAsync(object record, string collection, string rkey, bool? validate = null) =>
        PostAsync("com.atproto.repo.putRecord", Present(new() { ["repo"] = Did.Value, ["collection"] = collection, ["rkey"] = rkey, ["record"] = record, ["validate"] = validate }));

    public Task<XrpcAnswer> DeleteRecordAsync(string collection, string rkey) =>
        PostAsync("com.atproto.repo.deleteRecord", new { repo = Did.Value, collection, rkey });

    /// <summary>Several writes in one commit; see <see cref="Writes"/>.</summary>
    public Task<XrpcAnswer> ApplyWritesAsync(params object[] writes) =>
        PostAsync("com.atproto.repo.applyWrites", new { repo = Did.Value, writes });

    public Task<XrpcAnswer> GetRecordAsync(string collection, string rkey) =>
        GetAsync("com.atproto.repo.getRecord", new { repo = Did.Value, collection, rkey });

    public async Task<(Cid Cid, Tid Rev)> GetLatestCommitAsync()
    {
        var commit = (await GetAsync("com.atproto.sync.getLatestCommit", new { did = Did.Value })).Ok();
        return (Cid.Parse(commit.GetProperty("cid").GetString()!), Tid.Parse(commit.GetProperty("rev").GetString()!));
    }

    /// <summary>Uploads a file and answers the reference that records mention it by.</summary>
    public async Task<JsonElement> UploadBlobAsync(byte[] content, string contentType = "text/plain") =>
        (await PostAsync("com.atproto.repo.uploadBlob", content, contentType)).Ok().GetProperty("blob");

    /// <summary>The whole repo, checked: hashes, tree, signature against the key in the DID document.</summary>
    public Task<VerifiedRepo> ExportAsync() => VerifiedRepo.FetchAsync(this, Did);

    private static Dictionary<string, object?> Present(Dictionary<string, object?> fields) =>
        fields.Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value);
}
