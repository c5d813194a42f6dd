using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Sync;
using Pds.TestKit;

namespace Pds.Api.Tests.Xrpc;

public sealed class HealthTests(HealthTests.WithFragileDatabase pds) : IClassFixture<HealthTests.WithFragileDatabase>
{
    [Fact]
    public async Task Says_its_version_and_503_while_the_database_does_not_answer()
    {
        var version = pds.Services.GetRequiredService<ServiceOptions>().Version;

        var well = await pds.Anyone.GetAsync("_health");
        pds.IsBroken = true;
        var ill = await pds.Anyone.GetAsync("_health");
        pds.IsBroken = false;

        Assert.Equal($$"""{"version":"{{version}}"}""", well.Text);
        Assert.Equal(503, (int)ill.Status);
        Assert.Equal($$"""{"version":"{{version}}","error":"Service Unavailable"}""", ill.Text);
        (await pds.Anyone.GetAsync("_health")).Ok();
    }

    public sealed class WithFragileDatabase : PdsFixture
    {
        public bool IsBroken { get; set; }

        protected override void Adjust(WebApplicationBuilder builder) =>
            builder.Services.Decorate<IEventLog>(inner => new FragileLog(inner, this));
    }

    private sealed class FragileLog(IEventLog inner, WithFragileDatabase database) : IEventLog
    {
        public void Append(RepoEvent repoEvent) => inner.Append(repoEvent);

        public void AppendPast(IEnumerable<PastEvent> events) => inner.AppendPast(events);

        public Task<IReadOnlyList<SequencedEvent>> ReadAsync(long after, long upTo, int limit, CancellationToken ct) => inner.ReadAsync(after, upTo, limit, ct);

        public Task<long> FindLastSeqAsync(CancellationToken ct) =>
            database.IsBroken ? throw new IOException("The disk of the test is broken") : inner.FindLastSeqAsync(ct);

        public Task<int> TrimAsync(long before, CancellationToken ct) => inner.TrimAsync(before, ct);
    }
}
