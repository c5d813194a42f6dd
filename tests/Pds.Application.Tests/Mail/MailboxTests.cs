using Pds.Application.Mail;

namespace Pds.Application.Tests.Mail;

public sealed class MailboxTests
{
    [Theory]
    [InlineData("noreply@example.com", null, "noreply@example.com")]
    [InlineData(" noreply@example.com ", null, "noreply@example.com")]
    [InlineData("<noreply@example.com>", null, "noreply@example.com")]
    [InlineData("Example <noreply@example.com>", "Example", "noreply@example.com")]
    [InlineData("Example, Inc. <noreply@example.com>", "Example, Inc.", "noreply@example.com")]
    [InlineData("\"Example, Inc.\" <noreply@example.com>", "Example, Inc.", "noreply@example.com")]
    [InlineData("Gemeinde Zürich <noreply@example.com>", "Gemeinde Zürich", "noreply@example.com")]
    [InlineData("o'brien+tag=1!@sub.example.com", null, "o'brien+tag=1!@sub.example.com")]
    [InlineData("alice@zürich.example", null, "alice@xn--zrich-kva.example")]
    [InlineData("root@localhost", null, "root@localhost")]
    public void Reads_an_address_and_the_name_beside_it(string text, string? name, string address)
    {
        Assert.True(Mailbox.TryParse(text, out var mailbox));

        Assert.Equal((name, address), (mailbox.Name, mailbox.Address));
        Assert.True(mailbox.IsAscii);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("@example.com")]
    [InlineData("alice@")]
    [InlineData("alice@example..com")]
    [InlineData("alice@example.com, bob@example.com")]
    [InlineData("alice@example.com bob@example.com")]
    [InlineData("alice@bob@example.com")]
    [InlineData("al ice@example.com")]
    [InlineData("\"al ice\"@example.com")]
    [InlineData("alice@example.com>")]
    [InlineData("alice@example.com> SIZE=1")]
    [InlineData("<alice@example.com> <bob@example.com>")]
    [InlineData("alice@example.com\r\nBcc: bob@example.com")]
    [InlineData("alice@example.com\nbob")]
    [InlineData("alice\r@example.com")]
    [InlineData("alice\u2028@example.com")]
    [InlineData("alice\0@example.com")]
    [InlineData("Exa\r\nBcc: bob@example.com <alice@example.com>")]
    [InlineData("(comment)alice@example.com")]
    [InlineData("alice@[127.0.0.1]")]
    public void Refuses_what_could_be_more_than_one_address(string? text) => Assert.False(Mailbox.TryParse(text, out _));

    [Fact]
    public void Refuses_what_is_longer_than_addresses_are()
    {
        Assert.False(Mailbox.TryParse($"{new string('a', 65)}@example.com", out _));
        Assert.False(Mailbox.TryParse($"a@{string.Join('.', Enumerable.Repeat("example", 40))}", out _));
        Assert.False(Mailbox.TryParse($"{new string('a', 201)} <alice@example.com>", out _));
    }

    [Fact]
    public void Knows_an_address_that_needs_more_than_ASCII() => Assert.True(Mailbox.TryParse("jürgen@example.com", out var mailbox) && !mailbox.IsAscii);

    [Fact]
    public void A_name_of_its_own_stays()
    {
        Assert.True(Mailbox.TryParse("Own <a@example.com>", out var named));
        Assert.True(Mailbox.TryParse("a@example.com", out var bare));

        Assert.Equal("Own <a@example.com>", named.Named("Service").ToString());
        Assert.Equal("Service <a@example.com>", bare.Named("Service").ToString());
    }
}
