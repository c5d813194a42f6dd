using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Ports;

namespace Pds.TestKit;

/// <summary>A server of which a test knows when it stages a repo.</summary>
public class StagingPds : PdsFixture
{
    public WatchedStaging.Watch Staging { get; } = new();

    protected override void Adjust(WebApplicationBuilder builder) => builder.Services.Decorate<IRepoStaging>(inner => new WatchedStaging(inner, Staging));
}
