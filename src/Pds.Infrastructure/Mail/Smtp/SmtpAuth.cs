using System.Net;
using System.Text;
using Pds.Application.Options;

namespace Pds.Infrastructure.Mail.Smtp;

/// <summary>Proves who this server is, by PLAIN (RFC 4616) or, where there is nothing else, by LOGIN.</summary>
internal static class SmtpAuth
{
    private const int Continue = 334;
    private const int Accepted = 235;
    private const string Mask = "•••";

    /// <summary>Whether somebody on the way could not listen: credentials go nowhere else.</summary>
    public static bool MayHear(EndPoint? peer, bool isTls) => isTls || (peer is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address));

    /// <summary>What to say, and the code that must be answered to each.</summary>
    /// <exception cref="MailException">The server offers neither.</exception>
    public static IReadOnlyList<(string Line, int Expected)> StepsOf(MailCredentials credentials, SmtpExtensions extensions)
    {
        if (extensions.Has("AUTH", "PLAIN")) return [($"AUTH PLAIN {Plain(credentials)}", Accepted)];
        if (extensions.Has("AUTH", "LOGIN"))
            return [("AUTH LOGIN", Continue), (Base64(credentials.User.Reveal()), Continue), (Base64(credentials.Password.Reveal()), Accepted)];
        throw new MailException("The mail server offers neither AUTH PLAIN nor AUTH LOGIN");
    }

    /// <summary>A server's words without the credentials, which some repeat in their complaint.</summary>
    public static string Masked(string text, MailCredentials credentials)
    {
        var (user, password) = (credentials.User.Reveal(), credentials.Password.Reveal());
        string[] secrets = [Plain(credentials), Base64(user), Base64(password), password, user];
        return secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, Mask, StringComparison.Ordinal));
    }

    private static string Plain(MailCredentials credentials) => Base64($"\0{credentials.User.Reveal()}\0{credentials.Password.Reveal()}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
