using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts;
using Pds.Application.Admin.Subjects;
using Pds.Application.Admin.Views;
using Pds.Application.Accounts.Devices;
using Pds.Application.Accounts.Factors;
using Pds.Application.AppBsky.Actor.Preferences;
using Pds.Application.Identity.Resolving;
using Pds.Application.Identity.Updating;
using Pds.Application.LocalPds.Admin.Relays;
using Pds.Application.Mail;
using Pds.Application.Moderation.Reports;
using Pds.Application.OAuth;
using Pds.Application.OAuth.Authorizing;
using Pds.Application.OAuth.Checks;
using Pds.Application.OAuth.Granting;
using Pds.Application.Options;
using Pds.Application.Pipeline;
using Pds.Application.Ports;
using Pds.Application.AppBsky.Feed.Likes;
using Pds.Application.Proxying;
using Pds.Application.Proxying.ReadAfterWrite;
using Pds.Application.Repo.Blobs;
using Pds.Application.Repo.Importing;
using Pds.Application.Repo.Writing;
using Pds.Application.Sequencing;
using Pds.Application.Server.Invites;
using Pds.Application.Server.SignUp;
using Pds.Application.Sync.Exporting;
using Pds.Application.Takeover;
using Pds.Application.Temp.Suggestions;
using Pds.Domain.Identity;
using Pds.Domain.Lexicon;
using Pds.Domain.Syntax;

namespace Pds.Application;

public static class DependencyInjection
{
    /// <summary>The methods and what they share. Ports, options and <see cref="ICaller"/> come from outside.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.Scan(scan => scan.FromAssemblies(typeof(DependencyInjection).Assembly)
            .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false).AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(classes => classes.AssignableTo(typeof(IValidator<>)), publicOnly: false).AsImplementedInterfaces().WithSingletonLifetime());

        services.AddScoped<AccountGate>().AddScoped<Sessions>().AddScoped<EmailTokens>().AddScoped<HostedIdentity>().AddScoped<IdentityCheck>();
        services.AddScoped<AccountRemoval>().AddScoped<AccountExpiry>();
        services.AddScoped<HandleRules>().AddScoped<HostedDidWeb>().AddScoped<IHostedDocuments>(provider => provider.GetRequiredService<HostedDidWeb>());
        services.AddScoped<SignIn>().AddScoped<Credentials>().AddScoped<DeviceEntry>();
        services.AddScoped<PreferenceAccess>();
        services.AddScoped<SecondFactors>().AddScoped<StrongFactors>().AddScoped<AuthenticatorCodes>().AddScoped<PasskeySignIn>().AddScoped<SignInCodes>().AddScoped<CodeGuesses>().AddScoped<OwnerProof>();
        services.AddScoped<FactorNotices>().AddSingleton<Notices>();
        services.AddScoped<EmailAddresses>().AddScoped<Passwords>().AddScoped<SessionsEnd>().AddScoped<AccountNews>().AddScoped<CodeLetters>().AddSingleton<HiddenWork>();
        services.AddScoped<SignUpForm>().AddScoped<SignUpNames>().AddScoped<Admission>().AddScoped<NewAccount>();
        services.AddScoped<SignUpIdentities>().AddScoped<NewIdentity>().AddScoped<NewDidWeb>().AddScoped<BroughtIdentity>();
        services.AddScoped<NewInvites>().AddScoped<HandleIdeas>();
        services.AddScoped<PlcUpdates>().AddScoped<HandleChange>().AddScoped<SigningKeyChange>().AddScoped<ServiceAuth>();
        services.AddScoped<HandleLookup>().AddScoped<IdentityLookup>();
        services.AddSingleton<ServiceRoutes>().AddScoped<ServiceProxy>().AddScoped<PushRegistration>();
        services.AddSingleton<PermissionSets>();
        services.AddScoped<ReadAfterWrite>().AddScoped<UnseenRecords>().AddScoped<ServiceLookup>().AddSingleton<AnswerMemory>().AddSingleton<ImageUrls>();
        services.AddScoped<ProfileViews>().AddScoped<PostViews>().AddScoped<EmbedViews>().AddScoped<QuoteViews>().AddScoped<FeedViews>().AddScoped<ThreadViews>().AddScoped<LikedPosts>();
        services.AddScoped<RecordPreparer>().AddScoped<RepoWriter>().AddScoped<RepoSigner>().AddScoped<HeadSigner>().AddScoped<NewRepo>().AddScoped<BlobReferences>();
        services.AddScoped<AccountViews>().AddScoped<ModeratedAccounts>();
        services.AddScoped<Commits>().AddScoped<Duplicates>().AddScoped<BlobIntake>().AddScoped<BlobQuota>();
        services.AddScoped<AvailableRepos>().AddSingleton<NamedRelays>().AddScoped<RepeatedNews>().AddScoped<ReportIntake>();
        services.AddSingleton<DpopNonces>().AddSingleton<DpopBinding>().AddSingleton<UsedAssertions>().AddSingleton<UsedChallenges>();
        services.AddScoped<ClientAuthentication>().AddScoped<RequestRules>().AddScoped<GrantedScopes>();
        services.AddScoped<OpenRequests>().AddScoped<AccountChoices>().AddSingleton<AuthorizationCodes>().AddScoped<Acceptance>();
        services.AddSingleton<RefreshTokens>().AddScoped<TokenAnswers>().AddScoped<CodeExchange>().AddScoped<NewSession>().AddScoped<TokenRotation>().AddScoped<AppSessionEnd>();
        services.AddScoped<RepoImporter>().AddScoped<CommitCheck>().AddScoped<ImportWriter>().AddScoped<ImportCompletion>();

        services.AddSingleton<RecordValidator>().AddSingleton<DefinedData>().AddSingleton<PreferenceForm>();
        services.AddSingleton(provider => new HandlePolicy(provider.GetRequiredService<IdentityOptions>().HandleDomains));
        services.AddSingleton(provider => new TidClock(provider.GetRequiredService<TimeProvider>(), RandomClockId()));
        services.AddSingleton<Sequencer>().AddSingleton<IEventPublisher>(provider => provider.GetRequiredService<Sequencer>());
        services.AddScoped<Outbox>();

        // Outermost first: this list is the order every request runs in.
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TelemetryBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(RepoGateBehaviour<,>));   // IRepoCommand only
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditBehaviour<,>));      // IAdminCommand only
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(UnitOfWorkBehaviour<,>)); // ICommand only
        return services;
    }

    /// <summary>What takes the place of an official server: for the one verb that does it, where the data of both are at hand.</summary>
    public static IServiceCollection AddTakeover(this IServiceCollection services, TakeoverOptions options) => services
        .AddSingleton(options)
        .AddScoped<AccountCheck>().AddScoped<AccountTakeover>().AddScoped<RepoTakeover>().AddScoped<PrivateDataTakeover>()
        .AddScoped<BlobTakeover>().AddScoped<InviteTakeover>().AddScoped<EventTakeover>()
        .AddTransient<OfficialTakeover>();

    /// <summary>Ten random bits keep the TIDs of two servers that share a clock apart.</summary>
    private static int RandomClockId() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(1024);
}
