using System.Net.Http.Headers;
using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>What is passed on is never held whole, whichever way it goes.</summary>
public sealed class LargeAnswersTests(LargeAnswersTests.Generous pds) : IClassFixture<LargeAnswersTests.Generous>
{
    private const long Size = 100_000_000;

    [Fact]
    public async Task A_hundred_megabytes_go_through_in_the_memory_of_a_few()
    {
        var alice = await pds.SignUpAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{pds.Url}/xrpc/com.example.thing.get?do=large&size={Size}");
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(alice.Authorization!);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();

        var (buffer, all, most) = (new byte[64 * 1024], 0L, 0L);
        while (await body.ReadAsync(buffer) is var count and > 0)
        {
            all += count;
            most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - GC.GetGCMemoryInfo().FragmentedBytes);
        }

        Assert.Equal(Size, all);
        Assert.True(most < Size, $"{most} bytes were held");
    }

    /// <summary>Passes on a gigabyte.</summary>
    public sealed class Generous : ProxyingPds
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings) { ["Pds:Proxy:MaxResponseSize"] = "1000000000" };
    }
}
