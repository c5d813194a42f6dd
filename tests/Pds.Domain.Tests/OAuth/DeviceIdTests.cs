using Pds.Domain.OAuth;

namespace Pds.Domain.Tests.OAuth;

public sealed class DeviceIdTests
{
    [Fact]
    public void A_new_one_reads_back_as_itself()
    {
        var id = DeviceId.New();

        Assert.True(DeviceId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
    }

    [Fact]
    public void No_two_are_alike() => Assert.NotEqual(DeviceId.New(), DeviceId.New());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dev-")]
    [InlineData("dev-0123456789abcdef0123456789abcde")]
    [InlineData("dev-0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("dev-0123456789abcdef0123456789abcdeg")]
    [InlineData("req-0123456789abcdef0123456789abcdef")]
    public void Nothing_else_is_one(string? text) => Assert.False(DeviceId.TryParse(text, out _));
}
