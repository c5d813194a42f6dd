using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Infrastructure.Tests.Contracts;

public abstract class AuditLogContract : StoreContract
{
    private static readonly Nsid Method = Nsid.Parse("com.atproto.admin.updateSubjectStatus");

    private protected AuditLogContract(IDatabaseFixture database) : base(database)
    {
    }

    [Fact]
    public async Task Gives_back_every_field_of_an_entry()
    {
        var entry = new AuditEntry(Now, "did:web:mod.example", Method, Alice.Value, "takedown case-1");

        await AppendAsync(entry, entry with { Detail = null });

        Assert.Equal([entry with { Detail = null }, entry], (await ListAsync()).Select(item => item.Entry));
    }

    [Fact]
    public async Task Saves_nothing_without_the_unit_of_work()
    {
        await AbandonAsync<IAuditLog>(log => log.Append(NewEntry(Alice.Value)));

        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task Lists_the_newest_first_whatever_the_clock_said_and_goes_on_before_a_number()
    {
        await AppendAsync(NewEntry("1") with { At = Now.AddDays(1) });
        await AppendAsync(NewEntry("2"));
        await AppendAsync(NewEntry("3") with { At = Now.AddDays(-1) });

        var newest = await ListAsync(limit: 2);
        Assert.Equal(["3", "2"], SubjectsOf(newest));
        Assert.Equal(["1"], SubjectsOf(await ListAsync(before: newest[^1].Id)));
        Assert.Empty(await ListAsync(before: 0));
    }

    [Fact]
    public async Task An_accounts_entries_are_those_of_its_records_and_blobs_too_and_no_other_accounts()
    {
        string[] hers = [Alice.Value, $"at://{Alice}/com.example.thing/one", $"{Alice}/bafkrei"];
        string[] others = [Bob.Value, $"at://{Bob}/com.example.thing/one", $"{Alice}0", $"{Alice}.example", $"at://{Alice}0/com.example.thing/one", Alice.Value[..^1], "", "%"];
        await AppendAsync([.. hers.Concat(others).Select(NewEntry)]);

        Assert.Equal(hers.Reverse(), SubjectsOf(await ListAsync(Alice.Value)));
        Assert.Equal([hers[1]], SubjectsOf(await ListAsync(hers[1])));
        Assert.Equal(["%"], SubjectsOf(await ListAsync("%")));
    }

    private AuditEntry NewEntry(string subject) => new(Now, "admin", Method, subject, null);

    private static IEnumerable<string> SubjectsOf(IEnumerable<(long Id, AuditEntry Entry)> page) => page.Select(item => item.Entry.Subject);

    private Task AppendAsync(params AuditEntry[] entries) => SaveAsync<IAuditLog>(log =>
    {
        foreach (var entry in entries) log.Append(entry);
    });

    private Task<IReadOnlyList<(long Id, AuditEntry Entry)>> ListAsync(string? subject = null, long? before = null, int limit = 100) =>
        AskAsync<IAuditLog, IReadOnlyList<(long Id, AuditEntry Entry)>>(log => log.ListAsync(subject, before, limit, CancellationToken.None));
}
