using System.Text.Json.Nodes;

namespace Pds.TestKit;

/// <summary>A server whose AppView is a <see cref="FakeUpstream"/>.</summary>
public class ProxyingPds : PdsFixture
{
    /// <summary>The AppView that the operator named.</summary>
    public FakeUpstream AppView { get; private set; } = null!;

    /// <summary>The moderation service that the operator named.</summary>
    public FakeUpstream Moderation { get; private set; } = null!;

    /// <summary>A service that nobody named: it is found by its DID.</summary>
    public FakeUpstream Other { get; private set; } = null!;

    /// <summary>Calls one method as the moderation service.</summary>
    public XrpcClient ModeratorFor(string method) => new(Url) { Authorization = $"Bearer {Stranger.Claims(Services, Moderation.Did, Moderation.Key, method).Sign(Moderation.Key)}" };

    /// <summary>Where the AppView serves an image, by the reference that a record has to it.</summary>
    public string ImageUrl(Actor owner, string use, JsonNode blob) => $"https://cdn.example.com/img/{use}/plain/{owner.Did}/{blob["ref"]!["$link"]}@jpeg";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Pds:AppView:Url"] = AppView.Url,
        ["Pds:AppView:Did"] = AppView.Did.Value,
        ["Pds:AppView:CdnUrlPattern"] = "https://cdn.example.com/img/%s/plain/%s/%s@jpeg",
        ["Pds:Moderation:Url"] = Moderation.Url,
        ["Pds:Moderation:Did"] = Moderation.Did.Value,
    };

    public override async Task InitializeAsync()
    {
        (AppView, Moderation, Other) = (await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync());
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var upstream in new[] { AppView, Moderation, Other }) await upstream.DisposeAsync();
    }
}
