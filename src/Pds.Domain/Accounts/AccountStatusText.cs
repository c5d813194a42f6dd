namespace Pds.Domain.Accounts;

/// <summary>An <see cref="AccountStatus"/> as the lexicons write it.</summary>
public static class AccountStatusText
{
    /// <summary>The value of a <c>status</c> field. Lexicons leave the field out of an active account; <c>active</c> is for logs and operators.</summary>
    public static string ToText(this AccountStatus status) => status switch
    {
        AccountStatus.Active => "active",
        AccountStatus.Deactivated => "deactivated",
        AccountStatus.Suspended => "suspended",
        AccountStatus.Takendown => "takendown",
        AccountStatus.Deleted => "deleted",
        AccountStatus.Desynchronized => "desynchronized",
        AccountStatus.Throttled => "throttled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such account status"),
    };

    public static bool TryParse(string? text, out AccountStatus status)
    {
        foreach (var known in Enum.GetValues<AccountStatus>())
        {
            if (known.ToText() != text) continue;
            status = known;
            return true;
        }

        status = default;
        return false;
    }
}
