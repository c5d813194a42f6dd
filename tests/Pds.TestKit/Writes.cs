namespace Pds.TestKit;

/// <summary>What <c>applyWrites</c> takes.</summary>
public static class Writes
{
    public static object Create(string collection, object value, string? rkey = null)
    {
        var write = new Dictionary<string, object> { ["$type"] = "com.atproto.repo.applyWrites#create", ["collection"] = collection, ["value"] = value };
        if (rkey is not null) write["rkey"] = rkey;
        return write;
    }

    public static object Update(string collection, string rkey, object value) =>
        new Dictionary<string, object> { ["$type"] = "com.atproto.repo.applyWrites#update", ["collection"] = collection, ["rkey"] = rkey, ["value"] = value };

    public static object Delete(string collection, string rkey) =>
        new Dictionary<string, object> { ["$type"] = "com.atproto.repo.applyWrites#delete", ["collection"] = collection, ["rkey"] = rkey };
}
