using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.TestKit;

namespace Pds.Api.Tests.Maintenance;

/// <summary>A server whose clock goes as the test tells it.</summary>
public sealed class TimedPds : PdsFixture
{
    public FakeTime Time { get; } = new();

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Time);
}
