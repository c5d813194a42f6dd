using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Accounts;

public sealed class AppPasswordTests
{
    [Theory]
    [InlineData("abcd-efgh-2345-6767", true)]
    [InlineData("abcd-efgh-2345-676", false)]
    [InlineData("abcd-efgh-2345-67678", false)]
    [InlineData("ABCD-efgh-2345-6767", false)]
    [InlineData("abcd-efgh-2345-6768", false)]
    [InlineData("abcd-efgh-2345-6767\n", false)]
    [InlineData("abcdefgh23456767", false)]
    [InlineData("", false)]
    public void Has_a_form_of_its_own(string password, bool has) => Assert.Equal(has, AppPassword.HasForm(Secret.Of(password)));

    [Fact]
    public void An_official_servers_salt_is_half_of_the_hash_of_the_DID() =>
        Assert.Equal("099e4ea96cd62c05a232331859d20c97", AppPassword.OfficialSaltOf(Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz")));

    [Theory]
    [InlineData(32, false)]
    [InlineData(64, true)]
    public void Is_an_official_servers_as_long_as_it_has_its_hash(int length, bool isOfficial) =>
        Assert.Equal(isOfficial, new AppPassword("id", Did.Parse("did:plc:ewvi7nxzyoun6zhxrhs64oiz"), "phone", false, new byte[length], DateTimeOffset.UnixEpoch).IsOfficial);
}
