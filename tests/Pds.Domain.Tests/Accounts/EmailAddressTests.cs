using Pds.Domain.Accounts;

namespace Pds.Domain.Tests.Accounts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@mail.example.co.uk")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.com")]
    [InlineData("a@xn--exmple-cua.com")]
    [InlineData("a@example.c0m")]
    [InlineData("a@1.example.com")]
    [InlineData("jürgen@example.com")]
    [InlineData("जॉन@example.com")]
    [InlineData("a@exämple.com")]
    public void Is_what_mail_can_be_sent_to(string text) => Assert.True(EmailAddress.TryParse(text, out _));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a@b@example.com")]
    [InlineData("a@localhost")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@example.1")]
    [InlineData("a@-example.com")]
    [InlineData("a@example-.com")]
    [InlineData("a@example..com")]
    [InlineData("a@example.com.")]
    [InlineData("a@exa_mple.com")]
    [InlineData("a@exa mple.com")]
    [InlineData(".a@example.com")]
    [InlineData("a.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData(" a@example.com")]
    [InlineData("a@example.com ")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("a(comment)@example.com")]
    [InlineData("Alice <a@example.com>")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a@example.com\n")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a\r\nBcc: b@example.com")]
    [InlineData("a\0@example.com")]
    [InlineData("a\u0085@example.com")]
    [InlineData("a\u2028@example.com")]
    [InlineData("a\u00a0b@example.com")]
    [InlineData("a\u202e@example.com")]
    [InlineData("a@ex\u200bample..com")]
    public void Is_nothing_else(string? text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void Holds_no_half_characters() => Assert.False(EmailAddress.TryParse("a\ud800@example.com", out _));

    [Fact]
    public void Is_as_long_as_SMTP_allows()
    {
        var label = new string('d', 63);

        Assert.True(EmailAddress.TryParse($"{new string('a', 64)}@{label}.com", out _));
        Assert.False(EmailAddress.TryParse($"{new string('a', 65)}@{label}.com", out _));
        Assert.False(EmailAddress.TryParse($"{new string('ü', 33)}@{label}.com", out _));
        Assert.False(EmailAddress.TryParse($"a@{label}d.com", out _));
        Assert.True(EmailAddress.TryParse($"{new string('a', 59)}@{label}.{label}.{label}.de", out _)); // 254
        Assert.False(EmailAddress.TryParse($"{new string('a', 60)}@{label}.{label}.{label}.de", out _));
    }

    [Fact]
    public void Is_kept_in_lower_case()
    {
        Assert.True(EmailAddress.TryParse("Alice.ÄÖ@Example.COM", out var address));

        Assert.Equal("alice.äö@example.com", address.Value);
        Assert.Equal("alice.äö@example.com", address.ToString());
    }

    [Theory]
    [InlineData("a@mailinator.com", true)]
    [InlineData("a@MAILINATOR.com", true)]
    [InlineData("a@example.com", false)]
    [InlineData("mailinator.com@example.com", false)]
    [InlineData("a@sub.mailinator.com", false)]
    [InlineData("a@exämple.com", false)]
    public void Tells_those_that_are_made_to_be_thrown_away(string text, bool isDisposable)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));

        Assert.Equal(isDisposable, address.IsDisposable);
    }
}
