using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Accounts;

public sealed class WrongCodesTests
{
    private static readonly Did Alice = Did.Parse("did:web:example.com");
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Five_are_let_pass_and_then_none_for_a_quarter_of_an_hour()
    {
        var fourth = After(4);
        var fifth = WrongCodes.OneMore(fourth, Alice, Now);

        Assert.Equal(TimeSpan.Zero, fourth.WaitFrom(Now));
        Assert.Equal(WrongCodes.Wait, fifth.WaitFrom(Now));
        Assert.Equal(Second, fifth.WaitFrom(Now + WrongCodes.Wait - Second));
        Assert.Equal(TimeSpan.Zero, fifth.WaitFrom(Now + WrongCodes.Wait));
    }

    [Fact]
    public void After_a_quarter_of_an_hour_without_one_they_are_counted_from_the_start()
    {
        Assert.Equal(1, WrongCodes.OneMore(After(5), Alice, Now + WrongCodes.Wait).Count);
        Assert.Equal(5, WrongCodes.OneMore(After(4), Alice, Now + WrongCodes.Wait - Second).Count);
    }

    private static WrongCodes After(int count)
    {
        var wrong = WrongCodes.OneMore(null, Alice, Now);
        for (var i = 1; i < count; i++) wrong = WrongCodes.OneMore(wrong, Alice, Now);
        return wrong;
    }
}
