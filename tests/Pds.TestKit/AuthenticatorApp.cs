using System.Web;
using Pds.Application.Accounts.Factors;
using Pds.Domain.Accounts;
using Pds.Domain.Data;

namespace Pds.TestKit;

/// <summary>An authenticator app: knows what the QR code said, and shows the code of any moment.</summary>
public sealed class AuthenticatorApp
{
    private readonly TotpSecret _secret;

    public AuthenticatorApp(BeginTotp.Output scanned)
    {
        Uri = new Uri(scanned.Uri.Reveal());
        var bytes = new byte[TotpSecret.ByteLength];
        if (!Base32.TryDecode(HttpUtility.ParseQueryString(Uri.Query)["secret"]!.ToLowerInvariant(), bytes)) throw new FormatException("The QR code has no secret");
        _secret = TotpSecret.Of(bytes);
    }

    /// <summary>What the QR code said.</summary>
    public Uri Uri { get; }

    /// <summary>What is on paper beside it.</summary>
    public IReadOnlyList<string> BackupCodes { get; internal set; } = [];

    public string CodeAt(DateTimeOffset moment) => Totp.CodeAt(_secret, Totp.StepAt(moment));

    /// <summary>Six digits that are no code around that moment.</summary>
    public string WrongCodeAt(DateTimeOffset moment) =>
        Enumerable.Range(0, 10).Select(digit => new string((char)('0' + digit), Totp.Digits)).First(code => Totp.FindStep(_secret, code, moment, last: 0) is null);
}
