using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Domain.Tests.Accounts;

public sealed class SecretHashTests
{
    private static readonly Did Alice = Did.Parse("did:web:alice.example.com");
    private static readonly Did Bob = Did.Parse("did:web:bob.example.com");
    private static readonly Secret Code = Secret.Of("abcd-efgh-2345-6767");

    [Fact]
    public void One_code_has_another_hash_for_another_account_and_for_another_use()
    {
        byte[][] hashes = [AppPassword.HashOf(Alice, Code).ToArray(), AppPassword.HashOf(Bob, Code).ToArray(), BackupCode.HashOf(Alice, Code).ToArray()];

        Assert.Equal(3, hashes.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(hashes[0], AppPassword.HashOf(Alice, Code).ToArray());
    }

    [Theory]
    [InlineData("ABCD-EFGH-2345-6767")]
    [InlineData("abcdefgh23456767")]
    [InlineData(" abcd efgh 2345 6767 ")]
    public void However_a_backup_code_is_typed_it_is_the_same(string typed) =>
        Assert.Equal(BackupCode.HashOf(Alice, Code).ToArray(), BackupCode.HashOf(Alice, Secret.Of(typed)).ToArray());

    [Theory]
    [InlineData("ABCD-EFGH-2345-6767")]
    [InlineData("abcdefgh23456767")]
    public void An_app_password_is_the_same_only_as_it_was_shown(string typed) =>
        Assert.NotEqual(AppPassword.HashOf(Alice, Code).ToArray(), AppPassword.HashOf(Alice, Secret.Of(typed)).ToArray());
}
