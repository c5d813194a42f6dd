using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pds.TestKit;

/// <summary>A server whose clock is the test's to set.</summary>
public class TimedPdsFixture : PdsFixture
{
    public FakeTime Time { get; } = new();

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Time);
}
