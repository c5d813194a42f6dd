using Pds.Domain.Crypto;
using Pds.Infrastructure.Crypto;

namespace Pds.Infrastructure.Tests.Crypto;

public sealed class VerifyingKeyCacheTests
{
    [Fact]
    public void Remembers_no_more_keys_than_it_is_told_to()
    {
        var cache = new VerifyingKeyCache(10, _ => null);

        for (var i = 0; i < 1000; i++) cache.Get(Key(i));

        Assert.InRange(cache.Count, 5, 10);
    }

    [Fact]
    public void Parses_a_key_in_constant_use_once_whatever_passes_by()
    {
        var parsed = new List<DidKey>();
        var cache = new VerifyingKeyCache(10, key =>
        {
            parsed.Add(key);
            return null;
        });

        for (var i = 1; i < 100; i++)
        {
            cache.Get(Key(0));
            cache.Get(Key(i));
        }

        Assert.Single(parsed, Key(0));
        Assert.Equal(100, parsed.Count);
    }

    [Fact]
    public void Forgets_a_key_that_is_no_longer_used()
    {
        var parsed = 0;
        var cache = new VerifyingKeyCache(10, key =>
        {
            if (key == Key(0)) parsed++;
            return null;
        });

        for (var i = 0; i < 20; i++) cache.Get(Key(i));
        cache.Get(Key(0));

        Assert.Equal(2, parsed);
    }

    private static DidKey Key(int number) => DidKey.Of(Curve.K256, [2, .. new byte[28], .. BitConverter.GetBytes(number)]);
}
