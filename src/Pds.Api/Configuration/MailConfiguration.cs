using Pds.Application.Mail;
using Pds.Application.Options;

namespace Pds.Api.Configuration;

/// <summary>Makes options of the settings of mail: what moderators write goes as other mail does, unless something else is said.</summary>
internal static class MailConfiguration
{
    private const string SandboxFolder = "mail";

    /// <exception cref="SettingsException">There is a server, and no sender.</exception>
    public static MailOptions Read(SettingValues values, string dataDirectory, bool isSandbox)
    {
        var server = values.Get<MailServer?>("PDS_EMAIL_SMTP_URL", null);
        var from = values.Get<Mailbox?>("PDS_EMAIL_FROM_ADDRESS", null);
        var moderators = values.Get("PDS_MODERATION_EMAIL_SMTP_URL", server);
        var moderatorsFrom = values.Get("PDS_MODERATION_EMAIL_ADDRESS", from);
        DemandSender(values, server, from, "PDS_EMAIL_SMTP_URL", "PDS_EMAIL_FROM_ADDRESS");
        DemandSender(values, moderators, moderatorsFrom, "PDS_MODERATION_EMAIL_SMTP_URL", "PDS_MODERATION_EMAIL_ADDRESS");
        WarnOfOptions(values, "PDS_EMAIL_SMTP_URL");
        WarnOfOptions(values, "PDS_MODERATION_EMAIL_SMTP_URL");
        if (server is null && !isSandbox)
            values.Warnings.Add("PDS_EMAIL_SMTP_URL is not set, so this server cannot send mail: nobody can confirm an address or get a new password");

        MailServer otherwise = isSandbox ? new MailServer.Folder(Path.Combine(dataDirectory, SandboxFolder)) : new MailServer.None();
        var nobody = Nobody(values);
        return new MailOptions
        {
            Accounts = new MailRoute(from ?? nobody, server ?? otherwise),
            Moderators = new MailRoute(moderatorsFrom ?? nobody, moderators ?? otherwise),
        };
    }

    private static void DemandSender(SettingValues values, MailServer? server, Mailbox? from, string url, string sender)
    {
        if (server is not null && from is null) throw new SettingsException($"{values.NameOf(url)} is set, so {sender} must be: mail needs a sender");
    }

    /// <summary>Without their names: what follows a question mark may be the rest of a password that was not encoded.</summary>
    private static void WarnOfOptions(SettingValues values, string url)
    {
        if (values.Get<MailServer?>(url, null) is { HasOtherOptions: true })
            values.Warnings.Add($"{values.NameOf(url)} has options that have no effect: of what follows a '?' this server knows sendmail=true alone");
    }

    /// <summary>Never an address that mail goes to: the sandbox's files have it as their sender.</summary>
    private static Mailbox Nobody(SettingValues values) =>
        Mailbox.TryParse($"noreply@{values.Get("PDS_HOSTNAME", "localhost").Split(':')[0]}", out var nobody) ? nobody : throw new SettingsException("PDS_HOSTNAME is no domain of an email address");
}
