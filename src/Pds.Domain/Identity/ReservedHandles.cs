using System.Collections.Frozen;

namespace Pds.Domain.Identity;

/// <summary>First labels that nobody signs up with: what could be taken for the host itself, or for someone well known.</summary>
/// <remarks>In lower case, sorted within each group. Labels shorter than three characters are refused anyway.</remarks>
public static class ReservedHandles
{
    // The protocol's own words, and those of well-known software for it.
    private const string Protocol =
        """
        appview atp atproto blacksky bluesky blueskyweb bsky cid did didkey didplc didweb dpop entryway feedgen feedgenerator firehose
        frontpage handle handles ipld jetstream jwks jwt knot labeler labelers labeller lex lexicon lexicons mst nsid oauth oidc openid
        ozone pds plc relay relays repo repository saml sso statusphere tangled tid well-known wellknown whitewind xrpc
        """;

    // Infrastructure: a name here could be taken for a machine or a function of the host.
    private const string Infrastructure =
        """
        acme admin1 api api1 api2 apis archive archives asset assets autoconfig autodiscover backend backup backups broadcasthost ca-root
        cache callback cdn cert certificate certificates certs config configuration console control controlpanel cpanel crl cvs dashboard
        database debug dev devel develop developer developers dns dns1 dns2 donotreply download downloads elastic email emails exchange
        extranet favicon file files firewall frontend ftp gateway git grafana graphql grpc health healthcheck host hosting hostmaster
        hosts humans-txt image images imap img imgs install installer internal intranet isatap kafka kibana letsencrypt listserv
        loadbalancer local localdomain localhost log logging logs mail mail1 mail2 mailer mailer-daemon mailman mailserver manifest media
        memcached metric metrics mongo monitor monitoring mx1 mx2 mysql nameserver newsletter no-reply noreply ns1 ns2 ns3 ns4 ocsp panel
        phpmyadmin pki plesk pop pop3 portal postgres postgresql postmaster private prod production prometheus proxy public rabbitmq redis
        resolver rest robots robots-txt router rpc rsync s3-bucket sandbox security-txt server servers setup sftp sitemap smtp socket
        sockets sqlite ssh ssl static status storage svn telnet test testing tests tls trace tracing update updates upgrade upload uploads
        uptime video videos vpn web webhook webhooks webmail webmaster website websocket websockets whois wordpress wp-admin wpad www www1
        www2 www3
        """;

    // Roles: whoever bears such a name seems to speak for the host.
    private const string Roles =
        """
        abuse account-security accounting adm admin administration administrator administrators admins affiliate affiliates anon anonymous
        authority automod automoderator bank banking billing bot bots careers ceo cfo compliance contact contact-us contactus coo
        copyright cto customer-service customerservice customersupport director dmca employee employees feedback finance founder founders
        fraud gdpr guest guests help help-center helpcenter helpdesk hiring investor investors invoice invoices job jobs law legal manager
        marketing media-relations member members mod moderation moderator moderators mods nil none null official officials operator
        operators orders owner owners partner partners pay payment payments payout phishing police president press privacy recruiting
        refund refunds report reporting reports robot root safety sales security service services spam staff sudo superuser support
        sysadmin sysop system takedown team teams treasury trust trust-safety trustandsafety undefined unknown user username usernames
        users verification verified verifier verify void
        """;

    // Pages and functions that the host or an application might offer.
    private const string Pages =
        """
        about access account accounts activate activation activity add address ads advertise advertisement advertiser advertising android
        app application applications apps atom auth authenticate authentication authorization authorize blog blogs bookmark bookmarks
        business checkout client clients communities community company confirm confirmation content create create-account deactivate
        delete delete-account deleteaccount deleted deletion doc docs document documentation documents domain domains faq faqs feed feeds
        follower followers following follows forgot forgot-password forum forums guide guidelines guides html http https import inbox
        index info information invitation invitations invite invites ios ipad iphone join json license licenses licensing linux log-in
        log-out login logon logout lost-password macos main maintenance message messages messaging my-account new news notice notices
        notification notifications notify official-account order-status organization organizations page pages passkey passkeys password
        passwords plugin plugins policies policy post posts preference preferences profile profiles recover recovery redirect register
        registration request requests reset reset-password rss script scripts search secret secrets secure server-status session sessions
        setting settings share sign-in sign-out sign-up signin signon signout signup site sites starter-packs starterpack starterpacks
        stylesheet subdomain subscribe subscriber subscribers subscription subscriptions tag tags term terms terms-of-service
        termsofservice token tokens tos unfollow unsubscribe url verify-email wallet wiki windows xml
        """;

    // Well-known organisations, brands and people, kept for themselves.
    private const string Names =
        """
        adidas adobe airbnb alibaba aljazeera amazon amd amnesty anthropic apple associatedpress atlassian audi baidu barackobama bbc
        bbcnews beyonce billgates bitcoin bloomberg bmw boeing bts bytedance canonical cbs cbsnews chatgpt cisco cnn coca-cola cocacola
        coinbase cristiano dalailama debian disney donaldtrump dropbox ebay elonmusk emmawatson espn ethereum europa european-union
        facebook fbi fedora ferrari fifa firefox forbes foxnews ft-news github gitlab gmail gnome google greenpeace gretathunberg guardian
        hbo hillaryclinton honda huawei hulu ibm ikea instagram intel interpol joebiden jpmorgan justinbieber kamalaharris kde
        kimkardashian kremlin ladygaga lebronjames lego lenovo leomessi linkedin linuxfoundation lufthansa manchesterunited mastercard
        mastodon mcdonalds mercedes michelleobama microsoft mozilla msnbc myspace nasa nato nba nbc nbcnews netflix newyorker newyorktimes
        nfl nhl nike nintendo nokia npr nvidia nytimes olympics openai oracle paypal pepsi pinterest playstation politico pope porsche
        potus premierleague redcross reddit redhat reuters rihanna rollingstone samsung sega selenagomez serenawilliams snapchat sony
        soundcloud spacex spiegel spotify stackoverflow starbucks taylorswift telegram tesla threads-net tiktok tomhanks toyota tumblr
        twitch twitter uber ubuntu uefa ukgov unesco unicef unicode united-nations vatican verizon vimeo vladimirputin vodafone volkswagen
        volvo walmart washingtonpost wechat whatsapp whitehouse who-int wikileaks wikimedia wikipedia wordpress-com worldbank xbox yahoo
        yandex youtube zelensky zuckerberg
        """;

    private static readonly FrozenSet<string> Labels =
        string.Join(' ', Protocol, Infrastructure, Roles, Pages, Names).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    public static bool Contains(string label) => Labels.Contains(label);
}
