using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>An empty database with its schema, the stores over it, and a writer that runs. One for each provider.</summary>
internal interface IDatabaseFixture : IAsyncLifetime
{
    /// <summary>The adapters as the server has them, but for the clock and whoever is told of events.</summary>
    IServiceProvider Services { get; }

    FakeTime Time { get; }

    RecordingPublisher Published { get; }
}
