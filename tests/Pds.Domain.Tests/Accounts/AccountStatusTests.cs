using Pds.Domain.Accounts;

namespace Pds.Domain.Tests.Accounts;

public sealed class AccountStatusTests
{
    [Theory]
    [InlineData(AccountStatus.Deactivated, "deactivated")]
    [InlineData(AccountStatus.Suspended, "suspended")]
    [InlineData(AccountStatus.Takendown, "takendown")]
    [InlineData(AccountStatus.Deleted, "deleted")]
    [InlineData(AccountStatus.Desynchronized, "desynchronized")]
    [InlineData(AccountStatus.Throttled, "throttled")]
    public void Is_written_as_the_lexicon_writes_it(AccountStatus status, string text) => Assert.Equal(text, status.ToText());

    [Fact]
    public void Every_status_reads_back_from_its_text() =>
        Assert.All(Enum.GetValues<AccountStatus>(), status => Assert.True(AccountStatusText.TryParse(status.ToText(), out var read) && read == status));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Takendown")]
    [InlineData("gone")]
    public void Refuses_another_text(string? text) => Assert.False(AccountStatusText.TryParse(text, out _));
}
