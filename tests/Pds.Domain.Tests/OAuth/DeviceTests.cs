using Pds.Domain.Accounts;
using Pds.Domain.OAuth;

namespace Pds.Domain.Tests.OAuth;

public sealed class DeviceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DeviceId Id = DeviceId.New();
    private static readonly Secret First = Device.NewSecret();
    private static readonly Secret Second = Device.NewSecret();

    private readonly Device _device = Device.Create(Id, First, "a browser", "192.0.2.1", Start);

    [Fact]
    public void Its_secret_is_right_for_a_day_and_then_aged()
    {
        Assert.Equal(DeviceProof.Right, _device.Check(First, Start + Device.RotatesAfter));
        Assert.Equal(DeviceProof.Aged, _device.Check(First, Start + Device.RotatesAfter + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Any_other_is_wrong()
    {
        Assert.Equal(DeviceProof.Wrong, _device.Check(Second, Start));
        Assert.Equal(DeviceProof.Wrong, (_device with { Id = DeviceId.New() }).Check(First, Start));
    }

    [Fact]
    public void The_secret_before_is_taken_until_the_new_one_was_shown()
    {
        var rotated = _device.Rotate(First, Second, Start);
        var later = Start + Device.Grace + TimeSpan.FromSeconds(1);

        Assert.Equal(DeviceProof.Right, rotated.Check(First, Start + Device.Grace));
        Assert.Equal(DeviceProof.Aged, rotated.Check(First, later)); // the answer was lost: it is given one anew
        Assert.Equal(DeviceProof.Aged, rotated.SeenWith(First, null, "192.0.2.1", later).Check(First, later));
        Assert.Equal(DeviceProof.Wrong, rotated.SeenWith(Second, null, "192.0.2.1", later).Check(First, later));
    }

    [Fact]
    public void After_signing_in_the_secret_before_is_worth_nothing()
    {
        var renewed = _device.Renew(Second, Start);

        Assert.Equal((DeviceProof.Wrong, DeviceProof.Right), (renewed.Check(First, Start), renewed.Check(Second, Start)));
    }

    [Fact]
    public void What_it_calls_itself_is_cut()
    {
        var seen = _device.SeenWith(First, new string('x', 10_000), "192.0.2.2", Start);

        Assert.Equal((Device.MaxUserAgentLength, "192.0.2.2"), (seen.UserAgent!.Length, seen.Address));
    }

    [Fact]
    public void A_key_reads_back_as_itself()
    {
        var key = new DeviceKey(Id, First);

        Assert.True(DeviceKey.TryParse(key.Reveal(), out var read));
        Assert.Equal(key, read);
        Assert.DoesNotContain(First.Reveal(), key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dev-0123456789abcdef0123456789abcdef")]
    [InlineData("dev-0123456789abcdef0123456789abcdef.")]
    [InlineData("dev-0123456789abcdef0123456789abcdef.a.b")]
    [InlineData("dev-0123456789ABCDEF0123456789abcdef.secret")]
    public void Nothing_else_is_a_key(string? text) => Assert.False(DeviceKey.TryParse(text, out _));

    [Fact]
    public void A_very_long_text_is_no_key() => Assert.False(DeviceKey.TryParse($"{Id}.{new string('a', 100_000)}", out _));
}
