using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pds.Api;
using Pds.Api.Auth;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Syntax;
using Pds.Infrastructure.Crypto;
using Xunit;

namespace Pds.TestKit;

/// <summary>A server of its own for a test class: real Kestrel on a port that the system chose, a data directory that goes away, the embedded PLC directory.</summary>
/// <remarks>Derive and override <see cref="Settings"/> for other settings, or <see cref="Adjust"/> to put something else in the place of a part.</remarks>
public class PdsFixture : IAsyncLifetime
{
    /// <summary>Thousands sign up in the tests, and a hash that is worth its salt would be half of their time.</summary>
    private static readonly HashWork LittleWork = new(Memory: 64, Passes: 1);

    private static int _names;
    private WebApplication? _server;

    public const string AdminPassword = "admin-of-the-tests";

    public DirectoryInfo Data { get; } = Directory.CreateTempSubdirectory("pds-test-");

    /// <summary>What the server has sent by mail.</summary>
    public CapturedMail Mail { get; } = new();

    /// <summary>Where the server is reached, without a trailing slash.</summary>
    public string Url => Services.GetRequiredService<ServiceOptions>().PublicUrl;

    public IServiceProvider Services => _server?.Services ?? throw new InvalidOperationException("The server does not run");

    /// <summary>Calls as nobody.</summary>
    public XrpcClient Anyone => new(Url);

    /// <summary>Calls as the administrator.</summary>
    public XrpcClient Admin => new(Url) { Authorization = $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"admin:{AdminPassword}"))}" };

    /// <summary>Settings beside the usual ones, by their keys (<c>Pds:Storage:BlobUploadLimit</c>).</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    public virtual async Task InitializeAsync() => await StartAsync();

    public virtual async Task DisposeAsync()
    {
        await StopAsync();
        Data.Delete(recursive: true);
    }

    public async Task StartAsync()
    {
        _server = PdsServer.Build(Arguments(), builder =>
        {
            builder.Services.AddSingleton<IMailer>(Mail).AddSingleton(LittleWork);
            Adjust(builder);
        });
        await _server.StartAsync();
    }

    /// <summary>Stops as on SIGTERM; the data stay.</summary>
    public async Task StopAsync()
    {
        if (_server is not { } server) return;
        _server = null;
        await server.StopAsync();
        await server.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Signs somebody up. Names are made unique, so that every test has its own people.</summary>
    public async Task<Actor> SignUpAsync(string name = "alice")
    {
        var handle = $"{name}{Interlocked.Increment(ref _names)}.test";
        var password = $"password of {handle}";
        var created = await Anyone.PostAsync("com.atproto.server.createAccount", new { handle, email = $"{handle}@example.com", password });
        return new Actor(Url, created.Ok(), password);
    }

    /// <summary>Sends a request that has no route: what maintenance does.</summary>
    public async Task<TOutput> SendAsync<TOutput>(IRequest<TOutput> request)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>Where the bytes of a blob lie.</summary>
    public FileInfo BlobFile(Actor owner, string cid) =>
        new(Path.Combine(Services.GetRequiredService<StorageOptions>().BlobDirectory, owner.Did.Value, cid));

    protected virtual void Adjust(WebApplicationBuilder builder)
    {
    }

    private string[] Arguments()
    {
        var settings = new Dictionary<string, string>
        {
            ["Pds:Service:Port"] = "0",
            ["Pds:Storage:DataDirectory"] = Data.FullName,
            ["Pds:Secrets:AdminPassword"] = AdminPassword,
            ["Logging:LogLevel:Default"] = "Critical",
        };
        foreach (var (key, value) in Settings) settings[key] = value;
        return [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")];
    }
}
