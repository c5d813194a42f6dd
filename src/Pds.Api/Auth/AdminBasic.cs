using System.Net;
using System.Text;
using Pds.Application.Errors;
using Pds.Application.Options;
using Pds.Domain.Accounts;

namespace Pds.Api.Auth;

/// <summary>The administrator's name and password (RFC 7617). The password may hold colons. What is wrong is written down with the address it came from.</summary>
internal sealed partial class AdminBasic(HttpCaller caller, SecretOptions secrets, ILogger<AdminBasic> log)
{
    private const string User = "admin";

    /// <exception cref="XrpcException">AuthenticationRequired, whatever is wrong.</exception>
    public void Read(HttpContext http, string credentials)
    {
        var (user, password) = Decode(credentials).Split(':', 2) is [var name, var rest] ? (name, rest) : ("", "");
        var isRight = Secret.Of(password) == secrets.AdminPassword; // compared in any case, so that the time says nothing of the name
        if (user != User || !isRight)
        {
            LogRefused(http.Connection.RemoteIpAddress, http.Request.Path);
            throw XrpcException.AuthenticationRequired();
        }

        caller.IsAdmin = true;
    }

    /// <summary>Clients leave the padding out now and then.</summary>
    private static string Decode(string credentials)
    {
        var decoded = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials.PadRight((credentials.Length + 3) / 4 * 4, '='), decoded, out var length)
            ? Encoding.UTF8.GetString(decoded.AsSpan(0, length))
            : "";
    }

    /// <summary>Nothing of what was sent: a password that is nearly right says too much.</summary>
    [LoggerMessage(LogLevel.Warning, "Somebody at {Address} called {Path} with credentials that are not the administrator's")]
    private partial void LogRefused(IPAddress? address, PathString path);
}
