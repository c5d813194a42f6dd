using Pds.TestKit;

namespace Pds.Api.Tests.Sync.Deprecated;

public sealed class GetCheckoutTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    [Fact]
    public async Task Sends_the_very_bytes_of_getRepo()
    {
        var alice = await pds.SignUpAsync();
        await alice.FillAsync(50);

        var checkout = await pds.Anyone.GetAsync("com.atproto.sync.getCheckout", new { did = alice.Did.Value });

        checkout.OkCar();
        Assert.Equal((await pds.Anyone.GetAsync("com.atproto.sync.getRepo", new { did = alice.Did.Value })).Body, checkout.Body);
    }
}
