using Pds.Application.Errors;
using Pds.Application.Moderation.Reports;
using Pds.Application.Ports;
using Pds.Domain.Data;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class ReportStoreContract : StoreContract
{
    private static readonly Cid Seen = Cid.Of(CidCodec.DagCbor, "seen"u8);

    private protected ReportStoreContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_of_a_report()
    {
        var uri = AtUri.Parse($"at://{Bob}/com.example.thing/one");
        var (whole, bare) = (New(new ReportedRecord(uri, Seen)) with { Reason = "words", Tool = "app" }, New(new ReportedAccount(Bob)));

        var (first, second) = (await AddAsync(whole), await AddAsync(bare));

        Assert.True(second > first);
        Assert.Equal(new Report(first, Now, whole.ReasonType, "words", whole.Subject, Alice, "app", null), await FindAsync(first));
        Assert.Equal(new Report(second, Now, bare.ReasonType, null, bare.Subject, Alice, null, null), await FindAsync(second));
        Assert.Null(await FindAsync(second + 1));
    }

    [Fact]
    public async Task Lists_the_newest_first_by_state_and_by_subject()
    {
        var ids = new List<long>();
        foreach (var subject in new ReportSubject[]
        {
            new ReportedAccount(Alice), new ReportedAccount(Bob), new ReportedRecord(AtUri.Parse($"at://{Bob}/com.example.thing/one"), Seen), new ReportedRecord(AtUri.Parse($"at://{Bob}/com.example.thing/two"), Seen),
        })
            ids.Add(await AddAsync(New(subject)));
        await CloseAsync(ids[1]);

        Assert.Equal([ids[3], ids[2], ids[1], ids[0]], await ListAsync(new ReportFilter()));
        Assert.Equal([ids[3], ids[2], ids[0]], await ListAsync(new ReportFilter(IsOpen: true)));
        Assert.Equal([ids[1]], await ListAsync(new ReportFilter(IsOpen: false)));
        Assert.Equal([ids[3], ids[2], ids[1]], await ListAsync(new ReportFilter(Subject: Bob.Value)));
        Assert.Equal([ids[3], ids[2]], await ListAsync(new ReportFilter(IsOpen: true, Bob.Value)));
        Assert.Equal([ids[2]], await ListAsync(new ReportFilter(Subject: $"at://{Bob}/com.example.thing/one")));
        Assert.Equal([ids[2], ids[1]], await ListAsync(new ReportFilter(), before: ids[3], limit: 2));
        Assert.Empty(await ListAsync(new ReportFilter(Subject: "%")));
    }

    [Fact]
    public async Task Closes_once_and_the_second_to_do_it_saves_nothing()
    {
        var id = await AddAsync(New(new ReportedAccount(Bob)));

        await CloseAsync(id, "first");
        await Assert.ThrowsAsync<XrpcException>(() => CloseAsync(id, "second"));

        Assert.Equal(new ReportClosing(Now, "first"), (await FindAsync(id))!.Closing);
    }

    [Fact]
    public async Task Keeps_nothing_of_a_reporter_who_is_not_here()
    {
        await Assert.ThrowsAsync<XrpcException>(() => AskAsync<IReportStore, long>(reports => reports.AddAsync(New(new ReportedAccount(Alice)) with { ReportedBy = Bob }, CancellationToken.None)));

        Assert.Empty(await ListAsync(new ReportFilter()));
    }

    [Fact]
    public async Task Forgets_who_reported_when_that_account_goes_and_keeps_the_report()
    {
        var id = await AddAsync(New(new ReportedAccount(Bob)));

        await SaveAsync<IAccountEraser>(eraser => eraser.Erase(Alice));

        Assert.Equal((null, Bob), ((await FindAsync(id))!.ReportedBy, ((ReportedAccount)(await FindAsync(id))!.Subject).Did));
    }

    private NewReport New(ReportSubject subject) => new(Now, "com.example.reasons#any", null, subject, Alice, null);

    private async Task<long> AddAsync(NewReport report)
    {
        await HaveAccountAsync(Alice);
        return await AskAsync<IReportStore, long>(reports => reports.AddAsync(report, CancellationToken.None));
    }

    private Task CloseAsync(long id, string? note = null) => SaveAsync<IReportStore>(reports => reports.Close(id, new ReportClosing(Now, note)));

    private Task<Report?> FindAsync(long id) => AskAsync<IReportStore, Report?>(reports => reports.FindAsync(id, CancellationToken.None));

    private async Task<IEnumerable<long>> ListAsync(ReportFilter filter, long? before = null, int limit = 100) =>
        (await AskAsync<IReportStore, IReadOnlyList<Report>>(reports => reports.ListAsync(filter, before, limit, CancellationToken.None))).Select(report => report.Id);
}
