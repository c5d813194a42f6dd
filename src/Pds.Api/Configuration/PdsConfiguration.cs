using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Pds.Api.Limits;
using Pds.Application.Options;
using Pds.Domain.Accounts;
using Pds.Domain.Crypto;
using Pds.Domain.OAuth;
using Pds.Domain.Syntax;

namespace Pds.Api.Configuration;

/// <summary>Makes options of settings: the defaults, and what differs between the sandbox and a public server.</summary>
internal static class PdsConfiguration
{
    private const string SandboxHostname = "localhost";
    private const int DefaultPort = 2583;
    private const int DnsPort = 53;

    // What a sandbox makes up, and a public server must be told.
    private static readonly string[] RequiredInPublic =
        ["PDS_DATA_DIRECTORY", "PDS_JWT_SECRET", "PDS_ADMIN_PASSWORD", "PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX"];

    /// <summary>Reads everything, makes what is missing of the sandbox's secrets and the key of keys, and binds the sockets.</summary>
    /// <exception cref="SettingsException">The server cannot start so; the message is for the operator.</exception>
    public static PdsOptions Read(IConfiguration configuration) => Read(configuration, Listen);

    /// <summary>The same for a command beside the running server: no sockets.</summary>
    /// <inheritdoc cref="Read(IConfiguration)"/>
    public static PdsOptions ReadWithoutListening(IConfiguration configuration) => Read(configuration, (_, _) => null);

    private static PdsOptions Read(IConfiguration configuration, Func<SettingValues, bool, ListenSockets?> listen)
    {
        var values = new SettingValues(configuration);
        var isSandbox = values.Get("PDS_HOSTNAME", SandboxHostname) == SandboxHostname;
        if (!isSandbox) DemandPublicSettings(values);

        var storage = Storage(values);
        var secrets = OperatorSecrets.Read(values, storage.DataDirectory, isSandbox);
        var identity = Identity(values, secrets.PlcRotationKey, isSandbox);
        var listening = listen(values, isSandbox); // last, so that nothing fails with the port taken

        return new PdsOptions
        {
            Service = Service(values, isSandbox, listening?.Port ?? values.Get("PDS_PORT", DefaultPort)),
            Identity = identity,
            Secrets = secrets.Options,
            Storage = storage,
            Imports = Imports(values, storage.DataDirectory),
            Invites = Invites(values, isSandbox),
            Sync = Sync(values),
            Outbound = Outbound(values, isSandbox),
            AppView = AppView(values),
            Moderation = Moderation(values),
            Proxy = Proxy(values),
            IdentityCache = IdentityCache(values),
            IdentityLookup = IdentityLookup(values),
            RateLimits = RateLimits(values, isSandbox),
            Connections = Connections(values),
            Mail = MailConfiguration.Read(values, storage.DataDirectory, isSandbox),
            Branding = Branding(values),
            OAuth = new OAuthOptions { TrustedClients = values.Get<IReadOnlyList<string>>("PDS_OAUTH_TRUSTED_CLIENTS", []).Select(ClientId.Parse).ToHashSet() },
            Listening = listening,
            LogLevel = values.Get("LOG_ENABLED", true) ? values.Get<LogLevel?>("LOG_LEVEL", null) : LogLevel.None,
            AdminPasswordIsGenerated = !values.Has("PDS_ADMIN_PASSWORD"),
            Warnings = values.Warnings,
        };
    }

    private static void DemandPublicSettings(SettingValues values)
    {
        var missing = RequiredInPublic.Where(variable => !values.Has(variable)).ToArray();
        if (missing.Length > 0)
            throw new SettingsException(
                $"A server with a public host name ({values.NameOf("PDS_HOSTNAME")}) needs {string.Join(", ", missing)}, which {(missing.Length == 1 ? "is" : "are")} not set");
        if (values.Get("PDS_DID_PLC_URL", "") == "embedded")
            throw new SettingsException(
                $"{values.NameOf("PDS_DID_PLC_URL")} is 'embedded', which only a sandbox may use: accounts of a public host name must be in a directory that the network reads");
    }

    private static ListenSockets Listen(SettingValues values, bool isSandbox)
    {
        var address = values.Get("PDS_BIND_ADDRESS", isSandbox ? null : ListenSockets.AllInterfaces);
        var port = values.Get("PDS_PORT", DefaultPort);
        try
        {
            return ListenSockets.Bind(address, port);
        }
        catch (SocketException refused)
        {
            throw new SettingsException($"Cannot listen on port {port} of {address ?? IPAddress.Loopback} (PDS_PORT, PDS_BIND_ADDRESS): {refused.Message}", refused);
        }
    }

    private static ServiceOptions Service(SettingValues values, bool isSandbox, int port)
    {
        var host = values.Get("PDS_HOSTNAME", SandboxHostname);
        return new ServiceOptions
        {
            Hostname = host.Split(':')[0],
            PublicUrl = isSandbox ? $"http://{host}:{port}" : $"https://{host}",
            Did = values.Get("PDS_SERVICE_DID", Did.Parse($"did:web:{host.Replace(":", "%3A", StringComparison.Ordinal)}")),
            IsSandbox = isSandbox,
            Version = values.Get("PDS_VERSION", Release),
            Name = values.Get<string?>("PDS_SERVICE_NAME", null),
            HomeUrl = Link("PDS_HOME_URL"),
            LogoUrl = Link("PDS_LOGO_URL"),
            PrivacyPolicyUrl = Link("PDS_PRIVACY_POLICY_URL"),
            TermsOfServiceUrl = Link("PDS_TERMS_OF_SERVICE_URL"),
            SupportUrl = Link("PDS_SUPPORT_URL"),
            ContactEmail = values.Get<string?>("PDS_CONTACT_EMAIL_ADDRESS", null),
            InviteRequired = InviteRequired(values, isSandbox),
        };

        string? Link(string variable) => values.Get<Uri?>(variable, null)?.OriginalString;
    }

    private static StorageOptions Storage(SettingValues values)
    {
        var data = Path.GetFullPath(values.Get("PDS_DATA_DIRECTORY", "data"));
        var blobs = Path.GetFullPath(values.Get("PDS_BLOBSTORE_DISK_LOCATION", Path.Combine(data, "blobs")));
        return new StorageOptions
        {
            DataDirectory = data,
            BlobDirectory = blobs,
            BlobTemporaryDirectory = Path.GetFullPath(values.Get("PDS_BLOBSTORE_DISK_TMP_LOCATION", Path.Combine(blobs, "tmp"))),
            LexiconDirectory = values.Get<string?>("PDS_LEXICON_DIRECTORY", null),
            BlobUploadLimit = values.Get("PDS_BLOB_UPLOAD_LIMIT", 5L * 1024 * 1024),
            AccountQuota = values.Get<long?>("PDS_ACCOUNT_STORAGE_QUOTA", null),
        };
    }

    private static ImportOptions Imports(SettingValues values, string dataDirectory) => new()
    {
        IsAccepting = values.Get("PDS_ACCEPTING_REPO_IMPORTS", true),
        MaxSize = values.Get("PDS_MAX_REPO_IMPORT_SIZE", ImportOptions.DefaultMaxSize),
        Directory = Path.Combine(dataDirectory, "imports"),
    };

    private static IdentityOptions Identity(SettingValues values, PrivateKey rotationKey, bool isSandbox)
    {
        var host = values.Get("PDS_HOSTNAME", SandboxHostname).Split(':')[0];
        var plcUrl = values.Get("PDS_DID_PLC_URL", isSandbox ? "embedded" : "https://plc.directory");
        var defaults = new IdentityOptions { HandleDomains = [isSandbox ? ".test" : $".{host}"], PlcRotationKey = rotationKey };
        return defaults with
        {
            HandleDomains = [.. values.Get("PDS_SERVICE_HANDLE_DOMAINS", defaults.HandleDomains).Select(domain => domain.ToLowerInvariant())],
            PlcUrl = plcUrl == "embedded" ? null : new Uri(plcUrl),
            RecoveryKey = values.Get<DidKey?>("PDS_RECOVERY_DID_KEY", null),
            DidDocWithSession = values.Get("PDS_ENABLE_DID_DOC_WITH_SESSION", false),
        };
    }

    private static IdentityCacheOptions IdentityCache(SettingValues values)
    {
        var defaults = new IdentityCacheOptions();
        return defaults with
        {
            StaleAfter = values.Get("PDS_DID_CACHE_STALE_TTL", defaults.StaleAfter),
            MaxAge = values.Get("PDS_DID_CACHE_MAX_TTL", defaults.MaxAge),
        };
    }

    private static IdentityLookupOptions IdentityLookup(SettingValues values)
    {
        var defaults = new IdentityLookupOptions();
        return defaults with
        {
            Timeout = values.Get("PDS_ID_RESOLVER_TIMEOUT", defaults.Timeout),
            BackupNameservers = [.. values.Get<IReadOnlyList<string>>("PDS_HANDLE_BACKUP_NAMESERVERS", []).SelectMany(Nameservers)],
            LexiconAuthority = values.Get<Did?>("PDS_LEXICON_AUTHORITY_DID", null),
        };

        IEnumerable<IPEndPoint> Nameservers(string name)
        {
            try
            {
                return Dns.GetHostAddresses(name).Select(address => new IPEndPoint(address, DnsPort));
            }
            catch (SocketException unknown)
            {
                throw new SettingsException($"{values.NameOf("PDS_HANDLE_BACKUP_NAMESERVERS")}: '{name}' is neither an address nor a known name", unknown);
            }
        }
    }

    private static bool InviteRequired(SettingValues values, bool isSandbox) => values.Get("PDS_INVITE_REQUIRED", !isSandbox);

    private static InviteOptions Invites(SettingValues values, bool isSandbox)
    {
        if (values.Get<TimeSpan?>("PDS_INVITE_INTERVAL", null) is not { } interval) return new InviteOptions();
        if (InviteRequired(values, isSandbox))
            return new InviteOptions { Allowance = new InviteAllowance(interval, DateTimeOffset.UnixEpoch + values.Get("PDS_INVITE_EPOCH", TimeSpan.Zero)) };

        values.Warnings.Add($"{values.NameOf("PDS_INVITE_INTERVAL")} has no effect: a sign-up needs no invite code (PDS_INVITE_REQUIRED), so nobody earns any");
        return new InviteOptions();
    }

    private static SyncOptions Sync(SettingValues values) => new()
    {
        BackfillLimit = values.Get("PDS_REPO_BACKFILL_LIMIT_MS", TimeSpan.FromDays(1)),
        MaxSubscriptionBuffer = values.Get("PDS_MAX_SUBSCRIPTION_BUFFER", 500),
        Crawlers = [.. values.Get<IReadOnlyList<string>>("PDS_CRAWLERS", []).Select(url => new Uri(url))],
    };

    private static OutboundOptions Outbound(SettingValues values, bool isSandbox) => new()
    {
        AllowPrivateAddresses = values.Get("PDS_DISABLE_SSRF_PROTECTION", values.Get("PDS_DEV_MODE", isSandbox)),
        MaxResponseSize = values.Get("PDS_FETCH_MAX_RESPONSE_SIZE", 512L * 1024),
    };

    private static AppViewOptions AppView(SettingValues values)
    {
        DemandDid(values, "PDS_BSKY_APP_VIEW");
        return new AppViewOptions
        {
            Did = values.Get<Did?>("PDS_BSKY_APP_VIEW_DID", null),
            Url = values.Get<Uri?>("PDS_BSKY_APP_VIEW_URL", null),
            Images = values.Get<ImageUrlPattern?>("PDS_BSKY_APP_VIEW_CDN_URL_PATTERN", null),
        };
    }

    private static ModerationOptions Moderation(SettingValues values)
    {
        DemandDid(values, "PDS_MOD_SERVICE");
        DemandDid(values, "PDS_REPORT_SERVICE");
        var (did, url) = (values.Get<Did?>("PDS_MOD_SERVICE_DID", null), values.Get<Uri?>("PDS_MOD_SERVICE_URL", null));
        var reports = values.Has("PDS_REPORT_SERVICE_URL");
        return new ModerationOptions
        {
            Did = did,
            Url = url,
            ReportDid = reports ? values.Get<Did?>("PDS_REPORT_SERVICE_DID", null) : did,
            ReportUrl = reports ? values.Get<Uri?>("PDS_REPORT_SERVICE_URL", null) : url,
        };
    }

    private static void DemandDid(SettingValues values, string service)
    {
        if (values.Has($"{service}_URL") && !values.Has($"{service}_DID"))
            throw new SettingsException($"{values.NameOf($"{service}_URL")} is set without {service}_DID: a service is trusted by its DID");
    }

    private static ProxyOptions Proxy(SettingValues values)
    {
        var defaults = new ProxyOptions();
        return defaults with
        {
            HeadersTimeout = values.Get("PDS_PROXY_HEADERS_TIMEOUT", defaults.HeadersTimeout),
            BodyTimeout = values.Get("PDS_PROXY_BODY_TIMEOUT", defaults.BodyTimeout),
            MaxResponseSize = values.Get("PDS_PROXY_MAX_RESPONSE_SIZE", defaults.MaxResponseSize),
            MaxRetries = values.Get("PDS_PROXY_MAX_RETRIES", defaults.MaxRetries),
            PreferCompressed = values.Get("PDS_PROXY_PREFER_COMPRESSED", defaults.PreferCompressed),
            AllowHttp2 = values.Get("PDS_PROXY_ALLOW_HTTP2", defaults.AllowHttp2),
        };
    }

    private static RateLimitOptions RateLimits(SettingValues values, bool isSandbox) => new()
    {
        IsEnabled = values.Get("PDS_RATE_LIMITS_ENABLED", !isSandbox),
        BypassKey = values.Get<Secret?>("PDS_RATE_LIMIT_BYPASS_KEY", null),
        BypassNetworks = [.. values.Get<IReadOnlyList<string>>("PDS_RATE_LIMIT_BYPASS_IPS", []).Select(AddressRange.Parse)],
    };

    private static ConnectionOptions Connections(SettingValues values)
    {
        var defaults = new ConnectionOptions();
        return defaults with
        {
            MaxConnections = values.Get("PDS_MAX_CONNECTIONS", defaults.MaxConnections),
            MaxSubscribers = values.Get("PDS_MAX_SUBSCRIBERS", defaults.MaxSubscribers),
            MaxSubscribersForAddress = values.Get("PDS_MAX_SUBSCRIBERS_PER_ADDRESS", defaults.MaxSubscribersForAddress),
        };
    }

    private static BrandingOptions Branding(SettingValues values)
    {
        var defaults = new BrandingOptions();
        return defaults with
        {
            PrimaryColor = values.Get("PDS_PRIMARY_COLOR", defaults.PrimaryColor),
            ErrorColor = values.Get<string?>("PDS_ERROR_COLOR", null),
            WarningColor = values.Get<string?>("PDS_WARNING_COLOR", null),
            InfoColor = values.Get<string?>("PDS_INFO_COLOR", null),
            SuccessColor = values.Get<string?>("PDS_SUCCESS_COLOR", null),
            BackgroundLightUrl = values.Get<Uri?>("PDS_BACKGROUND_LIGHT_URL", null)?.AbsoluteUri,
            BackgroundDarkUrl = values.Get<Uri?>("PDS_BACKGROUND_DARK_URL", null)?.AbsoluteUri,
        };
    }

    private static string Release =>
        typeof(PdsConfiguration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
