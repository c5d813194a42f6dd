using System.Diagnostics.CodeAnalysis;
using static Pds.Api.Configuration.SettingKind;
using static Pds.Api.Configuration.Support;

namespace Pds.Api.Configuration;

/// <summary>
/// Every setting there is, in the order of the reference (docs/reference/configuration.md, which a test makes from this table).
/// </summary>
/// <remarks>
/// The variables and their meaning are the official distribution's, so that an existing <c>pds.env</c> works as it is. Those that are ours
/// say so in their meaning.
/// </remarks>
internal static class PdsSettings
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("PDS_HOSTNAME", "Pds:Service:Hostname", Hostname, Here, "`localhost`", "the public host name; `localhost` makes a sandbox"),
        new("PDS_PORT", "Pds:Service:Port", Port, Here, "`2583`", "the listening port; 0 lets the system choose"),
        new("PDS_BIND_ADDRESS", "Pds:Service:BindAddress", Address, Here, "loopback in the sandbox, else all interfaces", "the address to listen on; not in the official distribution"),
        new("PDS_SERVICE_DID", "Pds:Service:Did", Did, Here, "`did:web:<hostname>`", "the service's DID"),
        new("PDS_VERSION", "Pds:Service:Version", Text, Here, "this release's", "the version that is shown"),
        new("PDS_SERVICE_NAME", "Pds:Service:Name", Text, Here, "", "the name on pages and in mails"),
        new("PDS_HOME_URL", "Pds:Service:HomeUrl", Link, Here, "", "the home page"),
        new("PDS_LOGO_URL", "Pds:Service:LogoUrl", Link, Here, "", "the logo on pages and in mails"),
        new("PDS_PRIVACY_POLICY_URL", "Pds:Service:PrivacyPolicyUrl", Link, Here, "", "the privacy policy"),
        new("PDS_TERMS_OF_SERVICE_URL", "Pds:Service:TermsOfServiceUrl", Link, Here, "", "the terms of service"),
        new("PDS_SUPPORT_URL", "Pds:Service:SupportUrl", Link, Here, "", "where users get help"),
        new("PDS_CONTACT_EMAIL_ADDRESS", "Pds:Service:ContactEmail", Text, Here, "", "the operator's address; hears of reports"),

        new("PDS_DATA_DIRECTORY", "Pds:Storage:DataDirectory", Text, Here, "`./data` in the sandbox, else required", "database, keys, and blobs unless they are elsewhere"),
        new("PDS_BLOBSTORE_DISK_LOCATION", "Pds:Storage:BlobDirectory", Text, Here, "`<data>/blobs`", "blobs on disk"),
        new("PDS_BLOBSTORE_DISK_TMP_LOCATION", "Pds:Storage:BlobTemporaryDirectory", Text, Here, "`tmp` in the directory of the blobs", "blobs that are still arriving; on the file system of the others"),
        new("PDS_BLOB_UPLOAD_LIMIT", "Pds:Storage:BlobUploadLimit", Bytes, Here, "`5242880` (5 MiB)", "the largest blob"),
        new("PDS_ACCOUNT_STORAGE_QUOTA", "Pds:Storage:AccountQuota", Bytes, Here, "any amount", "how much one account's blobs may take up; not in the official distribution"),
        new("PDS_BLOBSTORE_S3_BUCKET", "Pds:Storage:S3:Bucket", Text, Planned, "", "blobs in an S3-compatible store"),
        new("PDS_BLOBSTORE_S3_REGION", "Pds:Storage:S3:Region", Text, Planned, "", "the region of the S3 bucket"),
        new("PDS_BLOBSTORE_S3_ENDPOINT", "Pds:Storage:S3:Endpoint", Url, Planned, "", "the address of the S3-compatible store"),
        new("PDS_BLOBSTORE_S3_FORCE_PATH_STYLE", "Pds:Storage:S3:ForcePathStyle", Flag, Planned, "`false`", "the S3 bucket's name in the path instead of the host"),
        new("PDS_BLOBSTORE_S3_ACCESS_KEY_ID", "Pds:Storage:S3:AccessKeyId", Text, Planned, "", "the S3 credentials' name"),
        new("PDS_BLOBSTORE_S3_SECRET_ACCESS_KEY", "Pds:Storage:S3:SecretAccessKey", Secret, Planned, "", "the S3 credentials' secret"),
        new("PDS_BLOBSTORE_S3_UPLOAD_TIMEOUT_MS", "Pds:Storage:S3:UploadTimeout", Milliseconds, Planned, "`20000`", "how long an upload to S3 may take"),
        new("PDS_BLOBSTORE_S3_REQUEST_TIMEOUT_MS", "Pds:Storage:S3:RequestTimeout", Milliseconds, Planned, "", "how long any request to S3 may take"),

        new("PDS_JWT_SECRET", "Pds:Secrets:JwtSecret", Secret, Here, "generated in the sandbox, else required", "the key of session tokens"),
        new("PDS_ADMIN_PASSWORD", "Pds:Secrets:AdminPassword", Secret, Here, "generated in the sandbox, else required", "the administrator's password"),
        new("PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX", "Pds:Secrets:PlcRotationKey", K256Hex, Here, "generated in the sandbox, else required", "signs the PLC operations of this server's accounts"),
        new("PDS_KEY_ENCRYPTION_KEY_HEX", "Pds:Secrets:KeyEncryptionKey", KeyHex, Here, "`<data>/key-encryption.key`, generated", "encrypts the accounts' keys at rest; not in the official distribution"),
        new("PDS_DPOP_SECRET", "Pds:Secrets:DpopSecret", Secret, Here, "made up at each start", "the key of OAuth's DPoP nonces, for servers that are to take one another's"),

        new("PDS_DID_PLC_URL", "Pds:Identity:PlcUrl", PlcUrl, Here, "`embedded` in the sandbox, else `https://plc.directory`", "the PLC directory; `embedded` is a directory of this server's own, for the sandbox only"),
        new("PDS_SERVICE_HANDLE_DOMAINS", "Pds:Identity:HandleDomains", Domains, Here, "`.test` in the sandbox, else `.<hostname>`", "the suffixes of the handles that are given out"),
        new("PDS_HANDLE_BACKUP_NAMESERVERS", "Pds:Identity:BackupNameservers", Texts, Here, "", "DNS servers that are asked when the first answer fails"),
        new("PDS_RECOVERY_DID_KEY", "Pds:Identity:RecoveryKey", DidKey, Here, "", "a key that goes above the server's in new accounts' rotation keys"),
        new("PDS_ENABLE_DID_DOC_WITH_SESSION", "Pds:Identity:DidDocWithSession", Flag, Here, "`false`", "session answers carry the DID document"),
        new("PDS_DID_CACHE_STALE_TTL", "Pds:Identity:CacheStaleAfter", Milliseconds, Here, "`3600000` (1 hour)", "a DID document older than this is refreshed"),
        new("PDS_DID_CACHE_MAX_TTL", "Pds:Identity:CacheExpiresAfter", Milliseconds, Here, "`86400000` (1 day)", "a DID document older than this is not used"),
        new("PDS_ID_RESOLVER_TIMEOUT", "Pds:Identity:ResolverTimeout", Milliseconds, Here, "`3000`", "how long one look-up of a DID or handle may take"),
        new("PDS_LEXICON_AUTHORITY_DID", "Pds:Identity:LexiconAuthority", Did, Here, "", "one authority for all lexicons that are looked up"),

        new("PDS_LEXICON_DIRECTORY", "Pds:Lexicons:Directory", Text, Here, "", "a folder of lexicon documents beside the built-in ones; not in the official distribution"),

        new("PDS_INVITE_REQUIRED", "Pds:Invites:Required", Flag, Here, "`false` in the sandbox, else `true`", "a sign-up needs an invite code"),
        new("PDS_INVITE_INTERVAL", "Pds:Invites:Interval", Interval, Here, "", "how often users earn an invite code, where a sign-up needs one"),
        new("PDS_INVITE_EPOCH", "Pds:Invites:Epoch", Milliseconds, Here, "`0`", "since when users earn invite codes, in unix time"),

        new("PDS_REPO_BACKFILL_LIMIT_MS", "Pds:Sync:BackfillLimit", Milliseconds, Here, "`86400000` (1 day)", "how far back a firehose cursor reaches"),
        new("PDS_MAX_SUBSCRIPTION_BUFFER", "Pds:Sync:MaxSubscriptionBuffer", Positive, Here, "`500`", "events that a slow consumer may lag"),
        new("PDS_CRAWLERS", "Pds:Sync:Crawlers", Urls, Here, "", "relays that are asked to come: after the start, and after writes every 20 minutes at most"),

        new("PDS_ACCEPTING_REPO_IMPORTS", "Pds:Imports:Accepting", Flag, Here, "`true`", "accounts may import a repository"),
        new("PDS_MAX_REPO_IMPORT_SIZE", "Pds:Imports:MaxSize", Bytes, Here, "`1073741824` (1 GiB)", "the largest repository to import, as the CAR that is sent and as the sum of its records"),

        new("PDS_EMAIL_SMTP_URL", "Pds:Mail:SmtpUrl", SmtpUrl, Here, "", "the server that sends mail: `smtp://`, `smtps://`, or `smtp:///?sendmail=true`; without it a sandbox writes mail to `<data>/mail`, and a public server sends none"),
        new("PDS_EMAIL_FROM_ADDRESS", "Pds:Mail:From", Mailbox, Here, "`noreply@<hostname>` without a server that sends mail, else required", "the sender of mail: an address, or `Name <address>`"),
        new("PDS_EMAIL_DISABLE_CONFIRMATION_LINK", "Pds:Mail:DisableConfirmationLink", Flag, Planned, "`false`", "mail to confirm an address has a code only, which for now it always has"),
        new("PDS_MODERATION_EMAIL_SMTP_URL", "Pds:Mail:Moderation:SmtpUrl", SmtpUrl, Here, "`PDS_EMAIL_SMTP_URL`", "the server that sends moderators' mail"),
        new("PDS_MODERATION_EMAIL_ADDRESS", "Pds:Mail:Moderation:From", Mailbox, Here, "`PDS_EMAIL_FROM_ADDRESS`", "the sender of moderators' mail"),

        new("PDS_BSKY_APP_VIEW_URL", "Pds:AppView:Url", Url, Here, "", "the AppView to which methods that are not the server's own are proxied"),
        new("PDS_BSKY_APP_VIEW_DID", "Pds:AppView:Did", Did, Here, "", "the DID of the AppView"),
        new("PDS_BSKY_APP_VIEW_CDN_URL_PATTERN", "Pds:AppView:CdnUrlPattern", Images, Here, "this server's own addresses", "the addresses of the AppView's images: `%s` stands for the use, the DID and the CID"),
        new("PDS_MOD_SERVICE_URL", "Pds:Moderation:Url", Url, Here, "", "the moderation service"),
        new("PDS_MOD_SERVICE_DID", "Pds:Moderation:Did", Did, Here, "", "the DID of the moderation service, whose tokens the moderators' methods take"),
        new("PDS_REPORT_SERVICE_URL", "Pds:Moderation:ReportUrl", Url, Here, "`PDS_MOD_SERVICE_URL`", "where reports are sent"),
        new("PDS_REPORT_SERVICE_DID", "Pds:Moderation:ReportDid", Did, Here, "`PDS_MOD_SERVICE_DID`", "the DID of the service that takes reports"),

        new("PDS_RATE_LIMITS_ENABLED", "Pds:RateLimits:Enabled", Flag, Here, "`false` in the sandbox, else `true`", "rate limits: docs/reference/limits.md"),
        new("PDS_RATE_LIMIT_BYPASS_KEY", "Pds:RateLimits:BypassKey", Secret, Here, "", "a key that lifts the rate limits from a request that sends it as `x-ratelimit-bypass`"),
        new("PDS_RATE_LIMIT_BYPASS_IPS", "Pds:RateLimits:BypassIps", Networks, Here, "", "addresses that have no rate limits, and whose X-Forwarded-For is believed"),
        new("PDS_MAX_CONNECTIONS", "Pds:Connections:Max", Positive, Here, "`10000`", "how many clients may be connected at once, subscribers of the firehose apart; not in the official distribution"),
        new("PDS_MAX_SUBSCRIBERS", "Pds:Connections:MaxSubscribers", Positive, Here, "`1000`", "how many may subscribe to the firehose at once; not in the official distribution"),
        new("PDS_MAX_SUBSCRIBERS_PER_ADDRESS", "Pds:Connections:MaxSubscribersPerAddress", Positive, Here, "`20`", "the same for one address, where it is a public one; not in the official distribution"),

        new("PDS_OAUTH_TRUSTED_CLIENTS", "Pds:OAuth:TrustedClients", Clients, Here, "", "OAuth clients, by their `client_id`, that you vouch for: people are shown their name and logo, and need not consent again each time"),
        new("PDS_HCAPTCHA_SITE_KEY", "Pds:Captcha:SiteKey", Text, Planned, "", "the hCaptcha site at sign-up"),
        new("PDS_HCAPTCHA_SECRET_KEY", "Pds:Captcha:SecretKey", Secret, Planned, "", "the secret of the hCaptcha site"),
        new("PDS_HCAPTCHA_TOKEN_SALT", "Pds:Captcha:TokenSalt", Secret, Planned, "", "binds a solved hCaptcha to its sign-up"),

        new("PDS_PRIMARY_COLOR", "Pds:Branding:PrimaryColor", Colour, Here, "`#0b62d6`", "the main colour of mails and pages"),
        new("PDS_ERROR_COLOR", "Pds:Branding:ErrorColor", Colour, Here, "the style's", "the pages' colour of errors"),
        new("PDS_WARNING_COLOR", "Pds:Branding:WarningColor", Colour, Here, "the style's", "the pages' colour of warnings"),
        new("PDS_INFO_COLOR", "Pds:Branding:InfoColor", Colour, Here, "the style's", "the pages' colour of information"),
        new("PDS_SUCCESS_COLOR", "Pds:Branding:SuccessColor", Colour, Here, "the style's", "the pages' colour of success"),
        new("PDS_BACKGROUND_LIGHT_URL", "Pds:Branding:BackgroundLightUrl", Url, Here, "", "the pages' picture behind the light theme"),
        new("PDS_BACKGROUND_DARK_URL", "Pds:Branding:BackgroundDarkUrl", Url, Here, "", "the pages' picture behind the dark theme"),

        new("PDS_DEV_MODE", "Pds:Outbound:DevMode", Flag, Here, "`true` in the sandbox, else `false`", "the default of `PDS_DISABLE_SSRF_PROTECTION`"),
        new("PDS_DISABLE_SSRF_PROTECTION", "Pds:Outbound:AllowPrivateAddresses", Flag, Here, "`PDS_DEV_MODE`", "addresses that users give may be loopback or private, and plain HTTP"),
        new("PDS_FETCH_MAX_RESPONSE_SIZE", "Pds:Outbound:MaxResponseSize", Bytes, Here, "`524288` (512 KiB)", "the largest answer that is read from addresses that users give"),

        new("PDS_PROXY_HEADERS_TIMEOUT", "Pds:Proxy:HeadersTimeout", Interval, Here, "`10000`", "how long a proxied answer may take to start"),
        new("PDS_PROXY_BODY_TIMEOUT", "Pds:Proxy:BodyTimeout", Interval, Here, "`30000`", "how long a proxied answer may pause"),
        new("PDS_PROXY_MAX_RESPONSE_SIZE", "Pds:Proxy:MaxResponseSize", Bytes, Here, "`10485760` (10 MiB)", "the largest answer that is passed on"),
        new("PDS_PROXY_MAX_RETRIES", "Pds:Proxy:MaxRetries", Count, Here, "`0`", "how often a proxied request is tried again"),
        new("PDS_PROXY_PREFER_COMPRESSED", "Pds:Proxy:PreferCompressed", Flag, Here, "`false`", "answers that this server may have to read are asked for compressed"),
        new("PDS_PROXY_ALLOW_HTTP2", "Pds:Proxy:AllowHttp2", Flag, Here, "`false`", "proxied requests may use HTTP/2"),

        new("LOG_ENABLED", "Pds:Log:Enabled", Flag, Here, "`true`", "whether anything is logged"),
        new("LOG_LEVEL", "Pds:Log:Level", Level, Here, "`info`", "nothing below this is logged"),
        new("LOG_SYSTEMS", "Pds:Log:Systems", Texts, Absent, "", "the parts that log; here: `Logging:LogLevel` of `appsettings.json`"),
        new("LOG_DESTINATION", "Pds:Log:Destination", Text, Absent, "", "a file to log to; here: the standard output"),

        new("PDS_ACCOUNT_DB_LOCATION", "Pds:Storage:AccountDatabase", Text, Absent, "", "a database of its own for accounts; here: one database for all"),
        new("PDS_SEQUENCER_DB_LOCATION", "Pds:Storage:SequencerDatabase", Text, Absent, "", "a database of its own for the firehose; here: one database for all"),
        new("PDS_DID_CACHE_DB_LOCATION", "Pds:Storage:DidCacheDatabase", Text, Absent, "", "a database of its own for DID documents; here: memory"),
        new("PDS_ACTOR_STORE_DIRECTORY", "Pds:Storage:ActorDirectory", Text, Absent, "", "a database of its own for each account; here: one database for all"),
        new("PDS_ACTOR_STORE_CACHE_SIZE", "Pds:Storage:ActorCacheSize", Count, Absent, "", "how many accounts' databases stay open; here: one database for all"),
        new("PDS_SQLITE_DISABLE_WAL_AUTO_CHECKPOINT", "Pds:Storage:DisableWalAutoCheckpoint", Flag, Absent, "", "leaves checkpoints to a replication tool"),
        new("PDS_ENTRYWAY_URL", "Pds:Entryway:Url", Url, Absent, "", "an entryway in front of several servers"),
        new("PDS_ENTRYWAY_DID", "Pds:Entryway:Did", Did, Absent, "", "the DID of the entryway"),
        new("PDS_ENTRYWAY_JWT_VERIFY_KEY_K256_PUBLIC_KEY_HEX", "Pds:Entryway:JwtPublicKey", Text, Absent, "", "the key of the entryway's tokens"),
        new("PDS_ENTRYWAY_PLC_ROTATION_KEY", "Pds:Entryway:PlcRotationKey", Text, Absent, "", "the rotation key of the entryway"),
        new("PDS_ENTRYWAY_ADMIN_TOKEN", "Pds:Entryway:AdminToken", Secret, Absent, "", "the entryway's administrator"),
        new("PDS_REDIS_SCRATCH_ADDRESS", "Pds:Redis:Address", Text, Absent, "", "Redis for rate limits and sessions of several processes; here: one process"),
        new("PDS_REDIS_SCRATCH_PASSWORD", "Pds:Redis:Password", Secret, Absent, "", "the password of Redis"),
        new("PDS_PLC_ROTATION_KEY_KMS_KEY_ID", "Pds:Secrets:PlcRotationKmsKey", Text, Absent, "", "a rotation key in a cloud's KMS"),
    ];

    private static readonly Dictionary<string, Setting> ByVariable = All.ToDictionary(setting => setting.Variable);

    public static Setting Of(string variable) => ByVariable[variable];

    public static bool TryFind(string variable, [MaybeNullWhen(false)] out Setting setting) =>
        ByVariable.TryGetValue(variable, out setting);
}
