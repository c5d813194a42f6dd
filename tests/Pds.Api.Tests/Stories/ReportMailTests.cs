using Pds.Application.Mail;
using Pds.TestKit;

namespace Pds.Api.Tests.Stories;

/// <summary>An operator who takes reports hears that there are some, and is not buried in mail.</summary>
public sealed class ReportMailTests(ReportMailTests.WithContact pds) : IClassFixture<ReportMailTests.WithContact>
{
    private const string Operator = "operator@example.com";

    [Fact]
    public async Task A_mail_says_that_there_is_a_report_where_there_was_none()
    {
        var alice = await pds.SignUpAsync();
        var subject = Moderation.Account(alice.Did);

        var first = await ReportAsync(alice, subject);
        var second = await ReportAsync(alice, subject);
        foreach (var id in new[] { first, second }) (await pds.Admin.PostAsync("local.pds.admin.closeReport", new { id })).Ok();
        var third = await ReportAsync(alice, subject);

        await Eventually.IsTrueAsync(() => Told().Count == 2);
        Assert.Equal([new Letter.FirstReport(Operator, first), new Letter.FirstReport(Operator, third)], Told());
    }

    private static async Task<long> ReportAsync(Actor by, object subject) => (await by.ReportAsync(subject)).Ok().GetProperty("id").GetInt64();

    private List<Letter.FirstReport> Told() => [.. pds.Mail.Letters.OfType<Letter.FirstReport>()];

    public sealed class WithContact : PdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Pds:Service:ContactEmail"] = Operator };
    }
}
