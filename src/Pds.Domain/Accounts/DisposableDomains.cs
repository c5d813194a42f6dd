using System.Collections.Frozen;

namespace Pds.Domain.Accounts;

/// <summary>Domains whose mailboxes are made to be thrown away: whoever signs up with one cannot be written to next week.</summary>
/// <remarks>
/// The well-known ones only: there are thousands, new ones every week, and a long list is out of date on the day it is copied. An operator who wants
/// such an address on an account all the same sets it with <c>com.atproto.admin.updateAccountEmail</c>, which does not look here.
/// </remarks>
internal static class DisposableDomains
{
    private static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
    [
        "10minutemail.com", "10minutemail.net", "20minutemail.com", "33mail.com", "anonbox.net", "burnermail.io", "byom.de", "discard.email", "discardmail.com",
        "dispostable.com", "dropmail.me", "emailondeck.com", "fakeinbox.com", "fakemail.net", "getairmail.com", "getnada.com", "grr.la", "guerrillamail.biz",
        "guerrillamail.com", "guerrillamail.de", "guerrillamail.info", "guerrillamail.net", "guerrillamail.org", "guerrillamailblock.com", "inboxkitten.com",
        "incognitomail.com", "jetable.org", "mailcatch.com", "maildrop.cc", "mailexpire.com", "mailinator.com", "mailinator.net", "mailnesia.com", "mailnull.com",
        "mailsac.com", "meltmail.com", "mintemail.com", "moakt.com", "mohmal.com", "mytemp.email", "mytrashmail.com", "nada.email", "pokemail.net", "sharklasers.com",
        "spam4.me", "spambox.us", "spamgourmet.com", "spamherelots.com", "temp-mail.io", "temp-mail.org", "tempail.com", "tempinbox.com", "tempmail.com",
        "tempmailaddress.com", "tempmailo.com", "tempr.email", "throwawaymail.com", "trash-mail.com", "trashmail.com", "trashmail.de", "trashmail.net", "wegwerfmail.de",
        "wegwerfmail.net", "wegwerfmail.org", "yopmail.com", "yopmail.fr", "yopmail.net",
    ], StringComparer.Ordinal);

    /// <summary>Whether a domain, in ASCII and lower case, is on the list; those below it are not.</summary>
    public static bool Contains(string domain) => All.Contains(domain);
}
