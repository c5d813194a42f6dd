using Pds.Application.Accounts.Devices;
using Pds.Application.Accounts.Factors;
using Pds.Application.Ports;
using Pds.Domain.Syntax;

namespace Pds.Api.Pages;

/// <summary>What the form asks with which a sign-in begins. Any page may show it.</summary>
/// <param name="Return">Where the browser is led afterwards; null for the account's own pages.</param>
internal sealed record SignInFields(string? Return, string? Identifier = null, bool IsRemembered = true);

/// <summary>What the form asks for a second factor.</summary>
/// <param name="Ticket">See <see cref="FactorTicket"/>.</param>
/// <param name="Passkey">The other form, where the account has one; null where it has none.</param>
internal sealed record FactorFields(string? Return, string Ticket, FactorKinds Kinds, PasskeyFields? Passkey);

/// <summary>What the browser is asked for a passkey, by the script.</summary>
internal sealed record PasskeyFields(string? Return, PasskeyCeremony Ceremony, bool IsRemembered);

/// <summary>The accounts of a browser, for the user to choose from.</summary>
internal sealed record AccountChoices(string? Return, IReadOnlyList<ListSignIns.Item> Items)
{
    public string UrlOf(Did did) => ReturnTarget.For(Return, did);
}

/// <summary>What the form asks of whoever signs up.</summary>
/// <param name="Name">The handle without its domain.</param>
/// <param name="Domains">What the server gives handles out under, each with a dot in front.</param>
internal sealed record SignUpFields(
    string? Return, bool NeedsInvite, IReadOnlyList<string> Domains, string? Name = null, string? Domain = null, string? Email = null, string? Invite = null);
