using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Crypto;

public sealed class KeyFactoryTests
{
    [Fact]
    public void Says_what_signs()
    {
        Assert.Equal("platform", new KeyFactory(K256Backend.Platform).Backend);
        Assert.Equal("libsecp256k1", new KeyFactory(K256Backend.Libsecp256k1).Backend);
        Assert.Equal(Secp256k1Native.IsPresent ? "libsecp256k1" : "platform", new KeyFactory().Backend);
    }
}
