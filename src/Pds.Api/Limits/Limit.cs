using Pds.Application.Accounts.Devices;
using Pds.Application.Repo;
using Pds.Application.Server;

namespace Pds.Api.Limits;

/// <summary>What a method's callers are held to, by the method's name. The figures are the official server's, except where a remark says otherwise.</summary>
internal sealed record Limit
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Rate All = Rate.ByAddress("global", new RateWindow(3000, FiveMinutes));
    private static readonly AtOnce LookUps = new("lookUps", ForAddress: 8, WaitingForAddress: 56, InAll: 256, WaitingInAll: 256);
    private static readonly AtOnce ClientLookUps = new("clientLookUps", ForAddress: 16, WaitingForAddress: 112, InAll: 256, WaitingInAll: 256);
    private static readonly AtOnce Exports = new("exports", ForAddress: 16, WaitingForAddress: 112, InAll: 64, WaitingInAll: 256);
    private static readonly AtOnce Imports = new("imports", ForAddress: 2, WaitingForAddress: 14, InAll: 8, WaitingInAll: 56);
    private static readonly Rate RepoWrites = Rate.ByAccount("repoWrites", new RateWindow(5000, Hour), new RateWindow(35000, Day));

    /// <summary>Only what every method is held to.</summary>
    public static Limit Global { get; } = new();

    // com.atproto.identity
    public static Limit UpdateHandle { get; } = Of(Rate.ByAccount("updateHandle", new RateWindow(10, FiveMinutes), new RateWindow(50, Day)));

    /// <remarks>Of this server's own: each request is a mail.</remarks>
    public static Limit RequestPlcOperationSignature { get; } =
        Of(Rate.ByAccount("requestPlcOperationSignature", new RateWindow(15, Day), new RateWindow(5, Hour)));

    /// <remarks>Of this server's own: whoever asks for identities that nobody answers for makes it wait for the network.</remarks>
    public static Limit Resolve { get; } = new() { AtOnce = LookUps };

    /// <remarks>Of this server's own: it asks the network each time.</remarks>
    public static Limit RefreshIdentity { get; } = Of(Rate.ByAccount("refreshIdentity", new RateWindow(60, FiveMinutes), new RateWindow(1000, Day))) with { AtOnce = LookUps };

    // com.atproto.moderation
    /// <remarks>Of this server's own: each report is for a person to read.</remarks>
    public static Limit CreateReport { get; } = Of(Rate.ByAccount("createReport", new RateWindow(30, FiveMinutes), new RateWindow(200, Day)));

    // com.atproto.repo
    public static Limit ApplyWrites { get; } = Of(RepoWrites with { Cost = call => WritePoints.Of((ApplyWrites)call.Request!) });

    public static Limit CreateRecord { get; } = Of(RepoWrites with { Cost = _ => WritePoints.Create });

    public static Limit DeleteRecord { get; } = Of(RepoWrites with { Cost = _ => WritePoints.Delete });

    /// <remarks>Of this server's own: each holds a file, and an index of it in memory.</remarks>
    public static Limit ImportRepo { get; } = new() { AtOnce = Imports };

    public static Limit PutRecord { get; } = Of(RepoWrites with { Cost = _ => WritePoints.Update });

    public static Limit UploadBlob { get; } = Of(Rate.ByAddress("uploadBlob", new RateWindow(1000, Day)));

    // com.atproto.server
    public static Limit CreateAccount { get; } = Of(Rate.ByAddress("createAccount", new RateWindow(100, FiveMinutes)));

    /// <remarks>The official server counts identifiers that differ in case apart, and so lets more guesses through.</remarks>
    public static Limit CreateSession { get; } = Of(new Rate(
        "createSession", "identifier and address", call => $"{IdentifierOf(call.Request!).ToLowerInvariant()}-{call.Address}",
        new RateWindow(300, Day), new RateWindow(30, FiveMinutes)));

    public static Limit DeleteAccount { get; } = Of(Rate.ByAddress("deleteAccount", new RateWindow(50, FiveMinutes)));

    public static Limit RequestAccountDelete { get; } = Of(Rate.ByAccount("requestAccountDelete", new RateWindow(15, Day), new RateWindow(5, Hour)));

    public static Limit RequestEmailConfirmation { get; } = Of(Rate.ByAccount("requestEmailConfirmation", new RateWindow(15, Day), new RateWindow(5, Hour)));

    public static Limit RequestEmailUpdate { get; } = Of(Rate.ByAccount("requestEmailUpdate", new RateWindow(15, Day), new RateWindow(5, Hour)));

    public static Limit RequestPasswordReset { get; } = Of(Rate.ByAddress("requestPasswordReset", new RateWindow(50, Day), new RateWindow(15, Hour)));

    public static Limit ResetPassword { get; } = Of(Rate.ByAddress("resetPassword", new RateWindow(50, FiveMinutes)));

    // com.atproto.sync
    public static Limit GetCheckout { get; } = new() { AtOnce = Exports };

    /// <summary>Many exports are what relays live on, so they are counted apart from everything else.</summary>
    /// <remarks>How many are under way is of this server's own: each holds on to the state of the database that it began with.</remarks>
    public static Limit GetRepo { get; } = new()
    {
        Door = Rate.ByAddress("getRepo", new RateWindow(6000, FiveMinutes)),
        AtOnce = Exports,
    };

    // OAuth
    /// <remarks>Of this server's own: each request leaves something behind for some minutes, and may make the server ask a client's host.</remarks>
    public static Limit Par { get; } = new() { Door = Rate.ByAddress("par", new RateWindow(300, FiveMinutes)), AtOnce = ClientLookUps };

    /// <remarks>Of this server's own.</remarks>
    public static Limit Token { get; } = new() { Door = Rate.ByAddress("token", new RateWindow(1500, FiveMinutes)), AtOnce = ClientLookUps };

    /// <remarks>Of this server's own.</remarks>
    public static Limit Revoke { get; } = new() { Door = Rate.ByAddress("revoke", new RateWindow(300, FiveMinutes)), AtOnce = ClientLookUps };

    /// <summary>Counted before anything is read of a request, so that malformed and unauthorised ones count too.</summary>
    public Rate Door { get; private init; } = All;

    /// <summary>Counted once it is known who calls and what they want; null for none.</summary>
    public Rate? Own { get; private init; }

    /// <summary>Null for any number. Holds whether rates are limited or not.</summary>
    public AtOnce? AtOnce { get; private init; }

    /// <summary>Signing in on a page counts like signing in by the method.</summary>
    private static string IdentifierOf(object request) => request switch
    {
        CreateSession session => session.Identifier,
        BeginSignIn page => page.Identifier,
        FinishSignIn page => page.Mark.Did.Value,
        EnterByPasskey => "", // whose it is shows later, and it cannot be guessed
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.GetType().Name, "Nobody signs in by this"),
    };

    private static Limit Of(Rate own) => new() { Own = own };
}
