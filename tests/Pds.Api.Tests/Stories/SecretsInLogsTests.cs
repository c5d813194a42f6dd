using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Pds.Application.Accounts.Factors;
using Pds.Domain.Accounts;
using Pds.TestKit;
using Pds.TestKit.Mail;

namespace Pds.Api.Tests.Stories;

/// <summary>
/// Whoever reads the log at whatever level, the audit log, the database, an exception or a refusal can sign in as nobody.
/// One account goes through all that there is, rightly and wrongly, and then every secret of it is looked for.
/// </summary>
public sealed partial class SecretsInLogsTests(SecretsInLogsTests.Traced pds) : IClassFixture<SecretsInLogsTests.Traced>
{
    private readonly HashSet<string> _secrets = [];
    private readonly List<XrpcAnswer> _refusals = [];
    private readonly HashSet<string> _digits = [];

    private DateTimeOffset Now => pds.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    [Fact]
    public async Task No_secret_is_in_a_log_line_an_audit_entry_a_column_an_exception_or_a_refusal()
    {
        var thrown = new ConcurrentQueue<string>();
        void Keep(object? sender, FirstChanceExceptionEventArgs args) => thrown.Enqueue(args.Exception.Message);
        AppDomain.CurrentDomain.FirstChanceException += Keep;
        var alice = await pds.SignUpAsync("secretive");
        try
        {
            AddServerSecrets();
            Add(alice);
            await UseMailAsync(alice);
            await SignInWithAuthenticatorAsync(alice);
            await UseAppPasswordAsync(alice);
            alice = await ResetPasswordAsync(alice);
            alice = await AdministerAsync(alice);
            await FailAsync(alice);
            NoneIsStored();
            await DeleteAsync(alice);
            NoneIsStored();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Keep;
        }

        var (log, exceptions, refusals) = (pds.Log.Lines, thrown.ToArray(), _refusals.Select(answer => answer.Text).ToArray());
        Assert.Contains(log, line => line.Contains("com.atproto.server.createAppPassword", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("SqliteException", StringComparison.Ordinal) && line.Contains("integer overflow", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("did not get one", StringComparison.Ordinal));
        Assert.Equal(2, DatabaseWalk.Count(pds.Data, "audit_entry", "subject = @0", alice.Did.Value));
        Assert.All(_secrets, secret =>
        {
            foreach (var text in log.Concat(exceptions).Concat(refusals)) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        });
        Assert.DoesNotContain(log.Concat(exceptions).Concat(refusals).SelectMany(text => Number.Matches(text)), number => _digits.Contains(number.Value));
    }

    /// <summary>What the sandbox made up, the key that encrypts keys, and what the mail server takes.</summary>
    private void AddServerSecrets()
    {
        using var made = JsonDocument.Parse(File.ReadAllText(Path.Combine(pds.Data.FullName, "sandbox-secrets.json")));
        foreach (var secret in made.RootElement.EnumerateObject()) Add(secret.Value.GetString()!);
        Add(File.ReadAllText(Path.Combine(pds.Data.FullName, "key-encryption.key")).Trim());
        Add(PdsFixture.AdminPassword, pds.Admin.Authorization!["Basic ".Length..], pds.MailServer.Password, Uri.EscapeDataString(pds.MailServer.Password));
    }

    private async Task UseMailAsync(Actor alice)
    {
        (await alice.PostAsync("com.atproto.server.requestEmailConfirmation")).Ok();
        (await alice.PostAsync("com.atproto.server.confirmEmail", new { email = alice.Email, token = Code(alice) })).Ok();
        (await alice.PostAsync("com.atproto.server.requestEmailUpdate")).Ok();
        var update = Code(alice);
        await RefusedAsync(400, alice.PostAsync("com.atproto.server.updateEmail", new { email = alice.Email, token = Add("WRONG-CODES") }));
        (await alice.PostAsync("com.atproto.server.updateEmail", new { email = alice.Email, emailAuthFactor = true, token = update })).Ok();

        await RefusedAsync(401, pds.SignInAsync(alice, Add("a wrong password")));
        await RefusedAsync(401, pds.SignInAsync(alice, alice.Password));
        var code = Code(alice);
        await RefusedAsync(400, pds.SignInAsync(alice, alice.Password, Add("a wrong code")));
        Add(new Actor(pds.Url, (await pds.SignInAsync(alice, alice.Password, code)).Ok(), alice.Password));
        await RefusedAsync(400, pds.SignInAsync(alice, alice.Password, code));
    }

    private async Task SignInWithAuthenticatorAsync(Actor alice)
    {
        var begun = await pds.SendAsync(alice, new BeginTotp(Secret.Of(alice.Password)));
        var app = new AuthenticatorApp(begun);
        Add(begun.Key.Reveal(), begun.Uri.Reveal());
        var backup = await pds.SendAsync(alice, new ConfirmTotp(Secret.Of(CodeOf(app, 0))));
        foreach (var code in backup.Codes) Add(code.Reveal());

        var wrong = app.WrongCodeAt(Now);
        _digits.Add(wrong);
        await RefusedAsync(400, pds.SignInAsync(alice, alice.Password, wrong));
        Add(new Actor(pds.Url, (await pds.SignInAsync(alice, alice.Password, CodeOf(app, 1))).Ok(), alice.Password));
        Add(new Actor(pds.Url, (await pds.SignInAsync(alice, alice.Password, backup.Codes[0].Reveal())).Ok(), alice.Password));
        await Assert.ThrowsAnyAsync<Exception>(() => pds.SendAsync(alice, new CreateBackupCodes(Secret.Of(Add("a wrong proof")))));
        var next = await pds.SendAsync(alice, new CreateBackupCodes(Secret.Of(backup.Codes[1].Reveal())));
        foreach (var code in next.Codes) Add(code.Reveal());
        await pds.SendAsync(alice, new RemoveTotp(Secret.Of(alice.Password)));
    }

    private async Task UseAppPasswordAsync(Actor alice)
    {
        var app = Add(await pds.SignInToAppAsync(alice));
        Add(new Actor(pds.Url, (await app.Refreshing.PostAsync("com.atproto.server.refreshSession")).Ok(), app.Password));
        var issued = (await app.GetAsync("com.atproto.server.getServiceAuth", new { aud = alice.Did.Value, lxm = "com.example.read" })).Ok();
        Add(issued.GetProperty("token").GetString()!);
        await RefusedAsync(400, app.PostAsync("com.atproto.server.createAppPassword", new { name = "another" }));
        (await alice.PostAsync("com.atproto.server.revokeAppPassword", new { name = "my app" })).Ok();
        await RefusedAsync(400, app.Refreshing.PostAsync("com.atproto.server.refreshSession"));
        await RefusedAsync(401, pds.SignInAsync(alice, app.Password));

        var stranger = await Stranger.PublishAsync(pds);
        foreach (var token in new[] { stranger.Token("com.atproto.admin.getAccountInfo"), $"{app.AccessJwt}x" })
            await RefusedAsync(null, new XrpcClient(pds.Url) { Authorization = $"Bearer {Add(token)}" }.GetAsync("com.atproto.admin.getAccountInfo", new { did = alice.Did.Value }));
    }

    private async Task<Actor> ResetPasswordAsync(Actor alice)
    {
        var password = Add("the password after the one that was forgotten");
        (await pds.Anyone.PostAsync("com.atproto.server.requestPasswordReset", new { email = alice.Email })).Ok();
        var token = Code(alice);
        await RefusedAsync(400, pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token = Add("FALSE-CODES"), password }));
        await RefusedAsync(400, pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token, password = Add(new string('p', 5_000)) }));
        (await pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token, password })).Ok();
        await RefusedAsync(400, pds.Anyone.PostAsync("com.atproto.server.resetPassword", new { token, password }));
        await RefusedAsync(400, alice.Refreshing.PostAsync("com.atproto.server.refreshSession"));
        return await SignInAgainAsync(alice, password);
    }

    private async Task<Actor> AdministerAsync(Actor alice)
    {
        var password = Add("the password that the administrator has set");
        await RefusedAsync(401, new XrpcClient(pds.Url) { Authorization = $"Basic {Convert.ToBase64String("admin:nearly right"u8)}" }.GetAsync("local.pds.admin.listAudit"));
        Add("nearly right", Convert.ToBase64String("admin:nearly right"u8));
        (await pds.Admin.PostAsync("com.atproto.admin.updateAccountPassword", new { did = alice.Did.Value, password })).Ok();
        (await pds.Admin.GetAsync("local.pds.admin.listAudit")).Ok();
        return await SignInAgainAsync(alice, password);
    }

    /// <summary>Mail, database and clients break, each with a secret in hand.</summary>
    private async Task FailAsync(Actor alice)
    {
        pds.MailServer.Answer = command => command.StartsWith("RCPT", StringComparison.Ordinal) ? "451 4.3.0 full" : null;
        await RefusedAsync(502, alice.PostAsync("com.atproto.server.requestAccountDelete"));
        (await pds.Anyone.PostAsync("com.atproto.server.requestPasswordReset", new { email = alice.Email })).Ok();
        pds.MailServer.Answer = _ => null;

        foreach (var (failing, call) in new (string, Func<Task<XrpcAnswer>>)[]
        {
            ("INSERT ON account_session", () => pds.SignInAsync(alice, alice.Password)),
            ("INSERT ON account_app_password", () => alice.PostAsync("com.atproto.server.createAppPassword", new { name = "broken" })),
            ("UPDATE ON account", () => pds.Admin.PostAsync("com.atproto.admin.updateAccountPassword", new { did = alice.Did.Value, password = Add("a password that is not saved") })),
        })
        {
            await pds.RunAsync($"CREATE TRIGGER failing BEFORE {failing} BEGIN SELECT abs(-9223372036854775808); END");
            await RefusedAsync(500, call());
            await pds.RunAsync("DROP TRIGGER failing");
        }

        var cut = Add("a password whose JSON breaks off");
        foreach (var body in new[] { $$"""{"identifier":"{{alice.Handle}}","password":"{{cut}}""", $$"""{"identifier":"{{alice.Handle}}","password":["{{cut}}"]}""", $"\"{cut}\"", cut })
            await RefusedAsync(400, pds.Anyone.PostAsync("com.atproto.server.createSession", body, "application/json"));
        await RefusedAsync(null, pds.Anyone.PostAsync("com.atproto.server.createSession", cut, "text/plain"));
    }

    private async Task DeleteAsync(Actor alice)
    {
        (await alice.PostAsync("com.atproto.server.deactivateAccount", new { })).Ok();
        (await alice.PostAsync("com.atproto.server.activateAccount")).Ok();
        (await pds.Admin.PostAsync("com.atproto.admin.updateAccountEmail", new { account = alice.Did.Value, email = alice.Email })).Ok();
        (await alice.PostAsync("com.atproto.server.requestAccountDelete")).Ok();
        var token = Code(alice);
        await RefusedAsync(401, pds.Anyone.PostAsync("com.atproto.server.deleteAccount", new { did = alice.Did.Value, password = "a wrong password", token }));
        (await pds.Anyone.PostAsync("com.atproto.server.deleteAccount", new { did = alice.Did.Value, password = alice.Password, token })).Ok();
    }

    /// <summary>A code by mail would be asked for, at most once a minute; the story goes on without.</summary>
    private async Task<Actor> SignInAgainAsync(Actor alice, string password)
    {
        await pds.RunAsync("UPDATE account SET email_auth_factor = 0 WHERE did = @0", alice.Did.Value);
        return Add(new Actor(pds.Url, (await pds.SignInAsync(alice, password)).Ok(), password));
    }

    /// <summary>In clear, in any table: the audit log's with the rest.</summary>
    private void NoneIsStored() => Assert.All(_secrets, secret => Assert.Empty(DatabaseWalk.ColumnsWith(pds.Data, secret)));

    private Actor Add(Actor session)
    {
        Add(session.Password, session.AccessJwt, session.RefreshJwt);
        return session;
    }

    private string Add(string secret, params string[] others)
    {
        _secrets.UnionWith([secret, .. others]);
        return secret;
    }

    /// <summary>The code in the last mail to somebody. Kept as it is, and as it is written without its hyphen.</summary>
    private string Code(Actor to)
    {
        var mail = pds.MailServer.Mails.Last(mail => mail.To.Contains(to.Email, StringComparison.Ordinal));
        var code = MailedCode.Match(mail.Parsed.Text).Value;
        Add(code, code.Replace("-", "", StringComparison.Ordinal));
        return code;
    }

    /// <summary>An app's code of now or of so many half minutes later. Kept apart: six digits are found as a number of their own only.</summary>
    private string CodeOf(AuthenticatorApp app, int steps)
    {
        var code = app.CodeAt(Now + (steps * TimeSpan.FromSeconds(Totp.Period)));
        _digits.Add(code);
        return code;
    }

    private async Task RefusedAsync(int? status, Task<XrpcAnswer> asked)
    {
        var answer = await asked;
        Assert.True(answer.Error is not null && (status is null || (int)answer.Status == status), $"{(int)answer.Status} {answer.Text}, not {status}");
        _refusals.Add(answer);
    }

    [GeneratedRegex(@"\b[A-Z2-7]{5}-[A-Z2-7]{5}\b")]
    private static partial Regex MailedCode { get; }

    [GeneratedRegex(@"(?<![\w.])[0-9]{6}(?![\w.])")]
    private static partial Regex Number { get; }

    /// <summary>A server that sends real mail and logs all it can.</summary>
    public sealed class Traced : MailPdsFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings) { ["Logging:LogLevel:Microsoft"] = "Trace" };
    }
}
