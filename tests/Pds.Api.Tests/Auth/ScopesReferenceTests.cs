using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pds.TestKit;

namespace Pds.Api.Tests.Auth;

public sealed class ScopesReferenceTests(PdsFixture pds) : IClassFixture<PdsFixture>
{
    /// <summary>Run with <c>UPDATE_DOCS=1</c> to write the page instead.</summary>
    [Fact]
    public void The_reference_says_what_the_methods_need() => ReferencePage.Holds("scopes.md", ScopesReference.Write(pds.Services.GetRequiredService<EndpointDataSource>()));
}
