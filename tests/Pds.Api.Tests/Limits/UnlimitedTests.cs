using Microsoft.Extensions.DependencyInjection;
using Pds.Api.Limits;
using Pds.TestKit;

namespace Pds.Api.Tests.Limits;

public sealed class UnlimitedTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Unless_they_are_turned_on_there_are_no_rate_limits()
    {
        var answer = await pds.Anyone.GetAsync("com.atproto.server.describeServer");

        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("RateLimit", StringComparison.OrdinalIgnoreCase));
        Assert.Null(pds.Services.GetService<RateLimits>());
        Assert.Null(pds.Services.GetService<WindowTable>());
    }
}
