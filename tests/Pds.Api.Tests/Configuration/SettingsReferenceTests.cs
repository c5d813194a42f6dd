using Pds.TestKit;

namespace Pds.Api.Tests.Configuration;

public sealed class SettingsReferenceTests
{
    /// <summary>Run with <c>UPDATE_DOCS=1</c> to write the page instead.</summary>
    [Fact]
    public void The_reference_says_what_the_table_says() => ReferencePage.Holds("configuration.md", SettingsReference.Write());
}
