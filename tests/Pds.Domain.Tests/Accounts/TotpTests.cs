using System.Text;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Accounts;

public sealed class TotpTests
{
    private static readonly TotpSecret RfcSecret = TotpSecret.Of(Encoding.ASCII.GetBytes("12345678901234567890"));

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_109);

    /// <summary>RFC 6238, appendix B, SHA-1; the RFC shows eight digits, of which ours are the last six.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1_111_111_109, "07081804")]
    [InlineData(1_111_111_111, "14050471")]
    [InlineData(1_234_567_890, "89005924")]
    [InlineData(2_000_000_000, "69279037")]
    [InlineData(20_000_000_000, "65353130")]
    public void Computes_the_codes_of_the_RFC(long seconds, string code) =>
        Assert.Equal(code[^6..], Totp.CodeAt(RfcSecret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    /// <summary>RFC 4226, appendix D.</summary>
    [Fact]
    public void Computes_the_counter_codes_that_it_is_built_on() => Assert.Equal(
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
        Enumerable.Range(0, 10).Select(counter => Totp.CodeAt(RfcSecret, counter)));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(-2, false)]
    [InlineData(2, false)]
    public void Takes_the_code_of_this_step_and_of_its_neighbours(int away, bool isTaken)
    {
        var step = Totp.StepAt(Now) + away;

        Assert.Equal(isTaken ? step : null, Totp.FindStep(RfcSecret, Totp.CodeAt(RfcSecret, step), Now, last: 0));
    }

    [Fact]
    public void Takes_no_code_of_the_last_step_that_was_used_or_before_it()
    {
        var step = Totp.StepAt(Now);

        Assert.Null(Totp.FindStep(RfcSecret, Totp.CodeAt(RfcSecret, step), Now, last: step));
        Assert.Null(Totp.FindStep(RfcSecret, Totp.CodeAt(RfcSecret, step - 1), Now, last: step));
        Assert.Equal(step + 1, Totp.FindStep(RfcSecret, Totp.CodeAt(RfcSecret, step + 1), Now, last: step));
    }

    [Theory]
    [InlineData("")]
    [InlineData("81804")]
    [InlineData("0081804")]
    [InlineData("07081804")]
    [InlineData("０８１８０４")]
    [InlineData("-81804")]
    public void Takes_nothing_that_is_not_the_code_digit_by_digit(string code) => Assert.Null(Totp.FindStep(RfcSecret, code, Now, last: 0));

    [Fact]
    public void Writes_what_authenticator_apps_read() => Assert.Equal(
        "otpauth://totp/My%20%26%20Your%20PDS:alice.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20%26%20Your%20PDS&algorithm=SHA1&digits=6&period=30",
        Totp.UriOf(RfcSecret, "My & Your PDS", Handle.Parse("alice.test")).Reveal());

    [Fact]
    public void Its_secret_has_160_bits_and_never_prints_itself()
    {
        Assert.Throws<ArgumentException>(() => TotpSecret.Of(new byte[19]));
        Assert.NotEqual(TotpSecret.Generate().Reveal().ToArray(), TotpSecret.Generate().Reveal().ToArray());
        Assert.DoesNotContain("1", $"{new TotpFactor(Did.Parse("did:web:example.com"), RfcSecret)}", StringComparison.Ordinal);
    }
}
