using System.Buffers.Text;
using System.Web;
using Microsoft.AspNetCore.Mvc;
using Pds.Api.Limits;
using Pds.Application.Accounts.Factors;
using Pds.Application.Ports;
using Pds.Application.Server;
using Pds.Domain.Accounts;
using QRCoder;

namespace Pds.Api.Pages.Accounts;

/// <summary><c>/account/{account}/factors</c>: what signing in takes beside the password.</summary>
internal sealed class FactorsModel(TimeProvider time) : AccountPage
{
    private const int DotSize = 4;

    public ListFactors.Output List { get; private set; } = new(Email: false, TotpSince: null, [], BackupCodesLeft: 0);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>An app that is being set up; null for none.</summary>
    public TotpSetup? Setup { get; private set; }

    /// <summary>A passkey that is being added; null for none.</summary>
    public PasskeyCeremony? NewPasskey { get; private set; }

    /// <summary>What to call it, as a suggestion.</summary>
    public string PasskeyName => BrowserName.Of(Request.Headers.UserAgent) is var name && name.Length <= Passkey.MaxNameLength ? name : name[..Passkey.MaxNameLength];

    /// <summary>New ones, shown this once; null for none.</summary>
    public IReadOnlyList<string>? BackupCodes { get; private set; }

    public Task<IActionResult> OnPostBeginAsync(string? proof) => TryAsync(async () =>
    {
        var begun = await SendAsync(new BeginTotp(Secret.Of(proof ?? "")));
        Setup = SetupOf(begun.Uri.Reveal());
        return await ShowAsync();
    });

    /// <param name="link">What was scanned, from the page itself, so that a mistyped code does not begin it all again.</param>
    public Task<IActionResult> OnPostConfirmAsync(string? code, string? link)
    {
        Setup = SetupOf(link);
        return TryAsync(async () =>
        {
            var made = await SendAsync(new ConfirmTotp(Secret.Of(code ?? "")));
            (Setup, BackupCodes) = (null, Reveal(made));
            return await ShowAsync();
        });
    }

    public Task<IActionResult> OnPostCodesAsync(string? proof) => TryAsync(async () =>
    {
        BackupCodes = Reveal(await SendAsync(new CreateBackupCodes(Secret.Of(proof ?? ""))));
        return await ShowAsync();
    });

    public Task<IActionResult> OnPostRemoveAsync(string? proof) => DoAsync(() => SendAsync(new RemoveTotp(Secret.Of(proof ?? ""))), Texts.TotpIsOff);

    public Task<IActionResult> OnPostPasskeyAsync(string? proof) => TryAsync(async () =>
    {
        NewPasskey = await SendAsync(new BeginPasskey(Secret.Of(proof ?? "")));
        return await ShowAsync();
    });

    public Task<IActionResult> OnPostAddPasskeyAsync(string? name, string? ticket, string? credential) => TryAsync(async () =>
    {
        var made = Reveal(await SendAsync(new AddPasskey(name ?? "", new PasskeyAnswer(ticket ?? "", credential ?? ""))));
        if (made.Length == 0) return Done(Texts.PasskeyAdded);
        BackupCodes = made;
        return await ShowAsync();
    });

    public Task<IActionResult> OnPostRemovePasskeyAsync(string? proof, string? id) =>
        DoAsync(() => SendAsync(new RemovePasskey(Secret.Of(proof ?? ""), ReadId(id))), Texts.PasskeyRemoved);

    public Task<IActionResult> OnPostMailOnAsync(string? proof) => DoAsync(
        async () =>
        {
            await ProveAsync(proof);
            await SendAsync(new UpdateEmail(Account.Email ?? "", EmailAuthFactor: true));
        },
        Texts.MailFactorTurnedOn);

    public Task<IActionResult> OnPostCodeAsync() => DoAsync(() => SendAsync(new RequestEmailUpdate(), Limit.RequestEmailUpdate), Texts.CodeSent);

    public Task<IActionResult> OnPostMailOffAsync(string? code) => DoAsync(
        () => SendAsync(new UpdateEmail(Account.Email ?? "", EmailAuthFactor: false, Secret.Of(code ?? ""))), Texts.MailFactorTurnedOff);

    protected override async Task LoadAsync() => List = await SendAsync(new ListFactors());

    public static string IdOf(Passkey passkey) => Base64Url.EncodeToString(passkey.Id.Span);

    /// <summary>What is no id is that of no passkey.</summary>
    private static byte[] ReadId(string? text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : [];

    private static string[] Reveal(BackupCodes made) => [.. made.Codes.Select(code => code.Reveal())];

    private static TotpSetup? SetupOf(string? link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var parsed) || parsed.Scheme != "otpauth" || link.Length > TotpSetup.MaxLinkLength) return null;
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return new TotpSetup(link, HttpUtility.ParseQueryString(parsed.Query)["secret"] ?? "", picture.GetGraphic(DotSize));
    }
}

/// <summary>What an authenticator app is shown.</summary>
/// <param name="Link">What the picture says.</param>
/// <param name="Key">The secret, for an app that cannot read the picture.</param>
/// <param name="Picture">SVG.</param>
internal sealed record TotpSetup(string Link, string Key, string Picture)
{
    /// <summary>As long as one of ours ever is; a QR code has room for more.</summary>
    public const int MaxLinkLength = 1000;
}
