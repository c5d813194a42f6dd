using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Application.Ports;
using Pds.Domain.Crypto;
using Pds.Infrastructure.Blobs;
using Pds.Infrastructure.Crypto;
using Pds.Infrastructure.Files;
using Pds.Infrastructure.Identity;
using Pds.Infrastructure.Identity.Dns;
using Pds.Infrastructure.Lexicons;
using Pds.Infrastructure.Mail;
using Pds.Infrastructure.Mail.Letters;
using Pds.Infrastructure.Mail.Mime;
using Pds.Infrastructure.OAuth;
using Pds.Infrastructure.Official;
using Pds.Infrastructure.Outbound;
using Pds.Infrastructure.Passkeys;
using Pds.Infrastructure.Persistence;
using Pds.Infrastructure.Persistence.Blocks;
using Pds.Infrastructure.Persistence.Sqlite;
using Pds.Infrastructure.Persistence.Stores;
using Pds.Infrastructure.Persistence.Writing;
using Pds.Infrastructure.Plc;
using Pds.Infrastructure.Spooling;

namespace Pds.Infrastructure;

public static class DependencyInjection
{
    private const string PageKeyFolder = "page-keys";

    /// <summary>The adapters behind Application's ports, as the options choose them.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddCrypto()
        .AddPageKeys()
        .AddSqlite()
        .AddStores()
        .AddOutbound()
        .AddIdentity()
        .AddLexicons()
        .AddMail()
        .AddSingleton<DiskBlobStore>().AddSingleton<IBlobStore>(provider => provider.GetRequiredService<DiskBlobStore>())
        .AddSingleton<IBlockSpool, FileBlockSpool>();

    /// <summary>The data of an official server, as <see cref="TakeoverOptions"/> say where they lie.</summary>
    public static IServiceCollection AddOfficialServer(this IServiceCollection services) => services
        .AddSingleton<IOfficialServer, OfficialServer>()
        .AddSingleton<IBlobTransport, DiskBlobTransport>();

    /// <summary>Brings the database up. Before it the server answers nothing.</summary>
    /// <exception cref="StartupException">It cannot be used; the message is for the operator.</exception>
    public static Task StartInfrastructureAsync(this IServiceProvider services, CancellationToken ct)
    {
        services.GetRequiredService<DataDirectoryLock>();
        return services.GetRequiredService<DatabaseStartup>().RunAsync(ct);
    }

    private static IServiceCollection AddCrypto(this IServiceCollection services) => services
        .AddSingleton<IKeyFactory, KeyFactory>(_ => new KeyFactory())
        .AddSingleton<ISignatureVerifier, SignatureVerifier>(_ => new SignatureVerifier())
        .AddSingleton<IJwkVerifier, JwkVerifier>()
        .AddSingleton<HashTurns>(_ => new HashTurns()).AddSingleton(HashWork.Recommended).AddSingleton<IPasswordHasher, Argon2PasswordHasher>().AddSingleton<IOfficialHasher, ScryptHasher>()
        .AddSingleton(provider => new KeyEncryption(provider.GetRequiredService<SecretOptions>().KeyEncryptionKey.Reveal()));

    /// <summary>Keys of form tokens and other things that pages hand out, which survive a restart: in a folder beside the database, sealed.</summary>
    private static IServiceCollection AddPageKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("pds");
        services.AddSingleton<PasskeyTickets>().AddScoped<IPasskeyCeremonies, IdentityPasskeyCeremonies>();
        services.AddOptions<KeyManagementOptions>().Configure<StorageOptions, KeyEncryption, ILoggerFactory>((keys, storage, encryption, logs) =>
        {
            var folder = Path.Combine(storage.DataDirectory, PageKeyFolder);
            PrivateFile.CreateDirectory(folder);
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder), logs);
            keys.XmlEncryptor = new SealedXmlEncryptor(encryption);
        });
        return services;
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services) => services
        .AddSingleton<DataDirectoryLock>()
        .AddSingleton<SqliteDatabase>()
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>())
        .AddSingleton(provider =>
        {
            var options = new DbContextOptionsBuilder<SqlitePdsDbContext>();
            provider.GetRequiredService<IDatabase>().Configure(options);
            return options.Options;
        })
        .AddScoped<PdsDbContext, SqlitePdsDbContext>().AddScoped<LazyPdsDbContext>();

    private static IServiceCollection AddStores(this IServiceCollection services) => services
        .AddSingleton<ReadConnections>().AddSingleton<EventSequence>().AddSingleton<GroupCommit>().AddSingleton<DatabaseStartup>()
        .AddSingleton<ReadyKeys>().AddSingleton<IRepoGate, RepoGate>()
        .AddScoped<EfUnitOfWork>().AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<EfUnitOfWork>())
        .AddScoped<IAccountStore, EfAccountStore>().AddScoped<ISessionStore, EfSessionStore>().AddScoped<IInviteStore, EfInviteStore>()
        .AddScoped<IEmailTokenStore, EfEmailTokenStore>().AddScoped<IAccountEraser, SqlAccountEraser>().AddScoped<IAuditLog, EfAuditLog>().AddScoped<IReportStore, EfReportStore>()
        .AddScoped<IAppPasswordStore, EfAppPasswordStore>().AddScoped<IFactorStore, EfFactorStore>().AddScoped<IPasskeyStore, EfPasskeyStore>().AddScoped<IPreferenceStore, EfPreferenceStore>()
        .AddScoped<IDeviceStore, EfDeviceStore>().AddScoped<IOAuthRequestStore, EfOAuthRequestStore>().AddScoped<IOAuthSessionStore, EfOAuthSessionStore>()
        .AddScoped<IKeyring, EfKeyring>().AddScoped<IReservedKeyStore, EfReservedKeyStore>().AddScoped<IDepartedNameStore, EfDepartedNameStore>()
        .AddScoped<IRepoStore, EfRepoStore>().AddScoped<IRecordIndex, EfRecordIndex>().AddScoped<IBlobIndex, EfBlobIndex>()
        .AddScoped<IRepoStaging, SqlRepoStaging>().AddScoped<IEventLog, EfEventLog>().AddSingleton<IBlockStore, SqlBlockStore>();

    private static IServiceCollection AddOutbound(this IServiceCollection services) => services
        .AddSingleton(provider => new GuardedConnection(provider.GetRequiredService<OutboundOptions>()))
        .AddSingleton(new TlsTrust())
        .AddSingleton<SafeHttpClient>()
        .AddSingleton<IRelays, HttpRelays>()
        .AddSingleton<IUpstream, HttpUpstream>()
        .AddSingleton<IClientDocuments, HttpClientDocuments>();

    private static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddSingleton<MailTransports>().AddSingleton<LetterWriter>().AddSingleton<MessageFormat>()
        .AddSingleton<IMailer, LetterMailer>();

    private static IServiceCollection AddLexicons(this IServiceCollection services) => services
        .AddSingleton<NetworkLexiconResolver>().AddSingleton<ILexiconResolver, CachingLexiconResolver>();

    private static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services
            .AddSingleton<PlcOperationStore>().AddSingleton<EmbeddedPlcDirectory>()
            .AddSingleton<IPlcArchive>(provider => provider.GetRequiredService<EmbeddedPlcDirectory>())
            .AddSingleton<IPlcDirectory>(provider => provider.GetRequiredService<IdentityOptions>().PlcUrl is { } url
                ? ActivatorUtilities.CreateInstance<HttpPlcDirectory>(provider, url)
                : provider.GetRequiredService<EmbeddedPlcDirectory>())
            .AddSingleton<DidWebResolver>().AddSingleton<WellKnownHandleResolver>().AddSingleton<DnsTxtLookup>()
            .AddSingleton(provider => new DnsDidLookup(
                provider.GetRequiredService<DnsTxtLookup>(), provider.GetRequiredService<IdentityLookupOptions>()))
            .AddSingleton<DnsHandleResolver>()
            .AddSingleton<IdentityCache>()
            .AddSingleton<IIdentityResolver, NetworkIdentityResolver>();
        return services.Decorate<IIdentityResolver, BoundedIdentityResolver>().Decorate<IIdentityResolver, CachingIdentityResolver>()
            .Decorate<IIdentityResolver, HostedIdentityResolver>();
    }
}
