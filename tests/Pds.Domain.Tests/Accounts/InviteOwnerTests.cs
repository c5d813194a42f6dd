using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Accounts;

public sealed class InviteOwnerTests
{
    private const string Alice = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData("admin")]
    [InlineData(Alice)]
    public void Is_the_administrator_or_an_account(string text) => Assert.Equal(text, AtSyntax.Parse<InviteOwner>(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Admin")]
    [InlineData("admin ")]
    [InlineData("alice.test")]
    [InlineData("did:plc")]
    public void Is_nothing_else(string? text) => Assert.False(InviteOwner.TryParse(text, out _));

    [Fact]
    public void Is_equal_to_another_of_the_same_account()
    {
        Assert.Equal(InviteOwner.Of(Did.Parse(Alice)), AtSyntax.Parse<InviteOwner>(Alice));
        Assert.Equal(InviteOwner.Admin, AtSyntax.Parse<InviteOwner>("admin"));
        Assert.NotEqual(InviteOwner.Admin, InviteOwner.Of(Did.Parse(Alice)));
    }
}
