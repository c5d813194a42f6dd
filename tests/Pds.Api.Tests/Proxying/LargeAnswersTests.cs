using System.Net.Http.Headers;
using Pds.TestKit;

namespace Pds.Api.Tests.Proxying;

/// <summary>What is passed on is never held whole, whichever way it goes.</summary>
public sealed class LargeAnswersTests(LargeAnswersTests.Generous pds) : IClassFixture<LargeAnswersTests.Generous>
{
    private const long Size = 100_000_000;

    [Fact]
    public async Task A_hundred_megabytes_are_taken_from_the_service_no_faster_than_the_caller_reads()
    {
        var alice = await pds.SignUpAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{pds.Url}/xrpc/com.example.thing.get?do=large&size={Size}");
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(alice.Authorization!);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();

        var taken = -1L;
        await Eventually.IsTrueAsync(() => Interlocked.Exchange(ref taken, pds.AppView.Sent) == pds.AppView.Sent && taken > 0); // nobody reads, so soon nothing is taken
        Assert.True(pds.AppView.Sent < Size / 2, $"{pds.AppView.Sent} bytes were taken from the service for a caller who reads none");

        var (buffer, all) = (new byte[64 * 1024], 0L);
        while (await body.ReadAsync(buffer) is var count and > 0) all += count;
        Assert.Equal(Size, all);
    }

    /// <summary>Passes on a gigabyte.</summary>
    public sealed class Generous : ProxyingPds
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings) { ["Pds:Proxy:MaxResponseSize"] = "1000000000" };
    }
}
