using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Application.Sequencing;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.TestKit;

namespace Pds.Infrastructure.Tests.Contracts;

/// <summary>A SQLite file in a folder of its own, which goes when the test ends.</summary>
internal sealed class SqliteFixture : IDatabaseFixture
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pds-store-");
    private ServiceProvider? _services;

    public IServiceProvider Services => _services ?? throw new InvalidOperationException("The database is not up yet");

    public FakeTime Time { get; } = new();

    public RecordingPublisher Published { get; } = new();

    public async Task InitializeAsync()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddInfrastructure();
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        services.AddSingleton<IEventPublisher>(Published).AddSingleton<Sequencer>();
        AddOptions(services);
        _services = services.BuildServiceProvider();
        await _services.StartInfrastructureAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private void AddOptions(IServiceCollection services) => services
        .AddSingleton(new StorageOptions
        {
            DataDirectory = _data.FullName,
            BlobDirectory = Path.Combine(_data.FullName, "blobs"),
            BlobTemporaryDirectory = Path.Combine(_data.FullName, "blobs-arriving"),
            BlobUploadLimit = 1_000_000,
        })
        .AddSingleton(new ImportOptions { Directory = Path.Combine(_data.FullName, "imports") })
        .AddSingleton(new SecretOptions
        {
            JwtSecret = Secret.Of("not used here"),
            AdminPassword = Secret.Of("not used here"),
            KeyEncryptionKey = KeyEncryptionKey.Generate(),
        })
        .AddSingleton(new IdentityOptions { HandleDomains = [".test"], PlcRotationKey = PrivateKey.Generate(Curve.K256) })
        .AddSingleton(new OutboundOptions { AllowPrivateAddresses = true, MaxResponseSize = 1_000_000 })
        .AddSingleton(new SyncOptions { BackfillLimit = TimeSpan.FromDays(1), MaxSubscriptionBuffer = 100 })
        .AddSingleton(new IdentityCacheOptions()).AddSingleton(new IdentityLookupOptions());
}
