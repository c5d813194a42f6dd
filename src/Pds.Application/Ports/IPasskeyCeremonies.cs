using Pds.Application.Errors;
using Pds.Domain.Accounts;
using Pds.Domain.Syntax;

namespace Pds.Application.Ports;

/// <summary>What a browser is asked before it may make or use a passkey.</summary>
/// <param name="Options">JSON for the browser's part, as <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> and its sibling read it.</param>
/// <param name="Ticket">What the server wants back with the answer, unreadable for anybody else.</param>
public sealed record PasskeyCeremony(string Options, string Ticket);

/// <summary>The two ceremonies of WebAuthn (https://www.w3.org/TR/webauthn-3/#sctn-rp-operations). Each begins with a challenge that is good for a quarter of an hour, once.</summary>
/// <remarks>Owners are always verified by their authenticator, by a finger or a number, so a passkey stands for a password and a second factor in one.</remarks>
public interface IPasskeyCeremonies
{
    /// <summary>To add a passkey to an account. Authenticators that have one of it already are asked not to make another.</summary>
    Task<PasskeyCeremony> BeginAddingAsync(Account account);

    /// <param name="account">Who began.</param>
    /// <param name="answer">The ticket, and what the browser made of the options.</param>
    /// <param name="name">What the owner calls it.</param>
    /// <exception cref="XrpcException">InvalidRequest: not every check of §7.1 was passed. ExpiredToken.</exception>
    Task<Passkey> FinishAddingAsync(Account account, PasskeyAnswer answer, string name);

    /// <summary>To sign in.</summary>
    /// <param name="did">Whose passkey it must be; null where the passkey says that itself.</param>
    Task<PasskeyCeremony> BeginUsingAsync(Did? did);

    /// <summary>The passkey that signed, as it is by now; that is not kept yet.</summary>
    /// <exception cref="XrpcException">AuthenticationRequired: not every check of §7.2 was passed. ExpiredToken.</exception>
    Task<Passkey> FinishUsingAsync(PasskeyAnswer answer);
}

/// <summary>What comes back from a browser.</summary>
/// <param name="Ticket">See <see cref="PasskeyCeremony"/>.</param>
/// <param name="Credential">JSON of a <c>PublicKeyCredential</c>.</param>
public sealed record PasskeyAnswer(string Ticket, string Credential);
