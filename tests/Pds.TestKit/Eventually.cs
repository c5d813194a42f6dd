using Xunit;

namespace Pds.TestKit;

/// <summary>For what comes about soon, with nothing to wait on.</summary>
public static class Eventually
{
    private const int Patience = 30_000;
    private const int Step = 10;

    /// <summary>Fails the test where it has not come about in half a minute.</summary>
    public static async Task IsTrueAsync(Func<bool> condition)
    {
        for (var waited = 0; !condition(); waited += Step)
        {
            Assert.True(waited < Patience, "It did not come about");
            await Task.Delay(Step);
        }
    }
}
