using Pds.Api.Auth;

namespace Pds.Api.Limits;

/// <summary>What a limit may look at to know whose request this is and how much it counts.</summary>
/// <param name="Request">The bound query or command; null while it has not been read.</param>
internal readonly record struct LimitedCall(HttpContext Http, object? Request)
{
    /// <summary>The client's address.</summary>
    public string Address => ClientAddress.Of(Http).ToString();

    /// <summary>The account that calls, or else the service, or else the address.</summary>
    public string Caller
    {
        get
        {
            var caller = Http.RequestServices.GetRequiredService<HttpCaller>();
            return (caller.Account?.Did ?? caller.ServiceIssuer)?.Value ?? Address;
        }
    }
}
