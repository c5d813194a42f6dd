using Pds.Application.Pipeline;
using Pds.Domain.OAuth;

namespace Pds.Application.OAuth.Authorizing;

/// <summary>The user lets the client in: it gets a code, and this consent is remembered for its next request.</summary>
/// <param name="Device">The browser that opened the request.</param>
/// <param name="Account">Whose access it is, and when its password was entered in this browser.</param>
/// <param name="Granted">The scopes that the user left ticked, of those that the question listed; null for all. What was not asked for is not granted by this.</param>
/// <returns>The answer for the client. It is an error where the request ended meanwhile, the account may not be used, or it must sign in again.</returns>
/// <exception cref="OAuthException">invalid_request: there is no such request.</exception>
public sealed record AcceptAuthorization(RequestUri Request, DeviceId Device, DeviceAccount Account, IReadOnlyCollection<string>? Granted = null)
    : ICommand<AuthorizationResponse>;
